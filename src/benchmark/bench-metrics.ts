import type { MetricUnit } from '../compare/comparison-document.ts';
import type { Vocabulary } from '../compare/condition.ts';
import type { BenchFigures } from './bench-document.ts';

/** The metrics that plans are compared by, as far as a row has them, and what only a row has. */
export const BENCH_METRICS = {
  makespan: metric('ms', 'from the start to the last end', ({ makespanMs }) => makespanMs),
  p95: metric('ms', 'by when 95 % of the runs have ended', ({ p95Ms }) => p95Ms),
  bound: metric('ms', 'no schedule is shorter', ({ lowerBoundMs }) => lowerBoundMs),
  gap: metric('share', 'how far the makespan is above the bound', ({ gap }) => gap),
  'slot-use': metric('share', 'slot-time that builds take until the last end', ({ slotUse }) => slotUse),
  'ram-use': metric('share', 'RAM disk that is reserved until the last end', ({ ramUse }) => ramUse),
  'given-up': metric('count', 'builds given up, and those that need them', ({ givenUp }) => givenUp),
  planning: metric('ms', 'processor time of planning', ({ planningMs }) => planningMs),
} as const satisfies Readonly<Record<string, BenchMetric>>;

/** Called as in `METRICS` of `compare` where it means the same. */
export type BenchMetricName = keyof typeof BENCH_METRICS;

interface BenchMetric {
  readonly unit: MetricUnit;
  readonly describe: string;
  /** Null: not known. */
  readonly valueOf: (figures: BenchFigures) => number | null;
}

/** What conditions on a bench can name. */
export const BENCH_VOCABULARY: Vocabulary<BenchMetricName> = {
  names: Object.keys(BENCH_METRICS),
  isName,
  unitOf: (name) => BENCH_METRICS[name].unit,
  isCount: () => false,
};

function isName(text: string): text is BenchMetricName {
  return Object.hasOwn(BENCH_METRICS, text);
}

function metric(unit: MetricUnit, describe: string, valueOf: BenchMetric['valueOf']): BenchMetric {
  return { unit, describe, valueOf };
}
