import { shareOf, sixDecimals } from '../base/ratio.ts';
import { ramDiskPeak } from '../plan/ram-disk-peak.ts';
import type { ComparedLink, ComparedMetric, MetricUnit, Pair } from './comparison-document.ts';
import type { Side } from './side.ts';

/** What metrics are measured on. */
export interface MeasuredSide {
  readonly side: Side;
  readonly criticalChain: readonly ComparedLink[];
}

interface Metric {
  /** Lower case, no full stop. */
  readonly describe: string;
  readonly unit: MetricUnit;
  /** Which schedule is better where all else is equal; null: neither. */
  readonly better: 'less' | 'more' | null;
  readonly measure: (measured: MeasuredSide) => number;
}

/**
 * What a schedule is measured by, in the order in which it is shown. `count` and `ms` and `bytes` are integers; shares are
 * rounded to six digits.
 */
export const METRICS = {
  makespan: {
    describe: 'from the start to the last end',
    unit: 'ms',
    better: 'less',
    measure: ({ side }) => side.makespanMs,
  },
  bound: {
    describe: 'no schedule of these builds on these builders is shorter',
    unit: 'ms',
    better: null,
    measure: ({ side }) => side.lowerBoundMs,
  },
  gap: {
    describe: 'how far the makespan is above the bound',
    unit: 'share',
    better: 'less',
    measure: ({ side }) => ratio(side.makespanMs - side.lowerBoundMs, side.lowerBoundMs),
  },
  work: { describe: 'sum of all durations', unit: 'ms', better: null, measure: ({ side }) => workMs(side) },
  'slot-use': {
    describe: 'slot-time that builds take until the last end',
    unit: 'share',
    better: null,
    measure: ({ side }) => ratio(workMs(side), side.makespanMs * slots(side)),
  },
  'ram-use': {
    describe: 'RAM disk that is reserved until the last end',
    unit: 'share',
    better: null,
    measure: ({ side }) => ratio(reservedByteMs(side), side.makespanMs * ramDiskBytes(side)),
  },
  'ram-peak': {
    describe: 'most RAM disk that is reserved at once',
    unit: 'bytes',
    better: null,
    measure: ({ side }) => ramPeakBytes(side),
  },
  'ram-disk': {
    describe: 'RAM disk of the builders',
    unit: 'bytes',
    better: null,
    measure: ({ side }) => ramDiskBytes(side),
  },
  builders: {
    describe: 'machines',
    unit: 'count',
    better: null,
    measure: ({ side }) => side.builders.length,
  },
  slots: {
    describe: 'builds that can run at once',
    unit: 'count',
    better: null,
    measure: ({ side }) => slots(side),
  },
  builds: {
    describe: 'builds on these builders',
    unit: 'count',
    better: null,
    measure: ({ side }) => side.load.length,
  },
  'disk-builds': {
    describe: 'builds on disk',
    unit: 'count',
    better: 'less',
    measure: ({ side }) => side.load.filter(({ task }) => task.mode === 'disk').length,
  },
  'extra-builds': {
    describe: 'first builds that open a cycle, and builds that are done again',
    unit: 'count',
    better: 'less',
    measure: ({ side }) => side.load.filter(({ task }) => task.stage !== '').length,
  },
  'critical-builds': {
    describe: 'builds of the critical chain',
    unit: 'count',
    better: null,
    measure: ({ criticalChain }) => criticalChain.length,
  },
  'left-out': {
    describe: "what can't be built, and sources that are not meant for the architecture",
    unit: 'count',
    better: 'less',
    measure: ({ side }) => lost(side).length,
  },
  'not-for-arch': {
    describe: 'those left out that are not meant for the architecture',
    unit: 'count',
    better: null,
    measure: ({ side }) => lost(side).filter(({ kind }) => kind === 'not-for-arch').length,
  },
  breaks: {
    describe: 'dependencies that are not waited for',
    unit: 'count',
    better: null,
    measure: ({ side }) => side.plan.breaks.filter(({ from }) => isOfSide(side, from)).length,
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;

/** Every metric of both sides. */
export function compareMetrics([left, right]: Pair<MeasuredSide>): readonly ComparedMetric[] {
  return Object.entries(METRICS).map(([name, { describe, unit, better, measure }]) => {
    const values: Pair<number> = [measure(left), measure(right)];
    return { name, unit, better, describe, values, difference: difference(values) };
  });
}

/** Right minus left; shares without what floating point leaves behind. */
function difference([left, right]: Pair<number>): number {
  return Number.isInteger(left) && Number.isInteger(right) ? right - left : sixDecimals(right - left);
}

function ratio(part: number, whole: number): number {
  return sixDecimals(shareOf(part, whole));
}

function workMs({ load }: Side): number {
  return load.reduce((sum, { task }) => sum + task.durationMs, 0);
}

function slots({ builders }: Side): number {
  return builders.reduce((sum, builder) => sum + builder.slots, 0);
}

function ramDiskBytes({ builders }: Side): number {
  return builders.reduce((sum, builder) => sum + builder.ramDiskBytes, 0);
}

function reservedByteMs({ load }: Side): number {
  return load.reduce(
    (sum, { task }) => sum + (task.mode === 'ram' ? task.ramDiskBytes * task.durationMs : 0),
    0,
  );
}

function ramPeakBytes({ load }: Side): number {
  const placements = load.map(({ task: { mode, startMs, durationMs } }, task) => {
    return { task, mode, startMs, endMs: startMs + durationMs };
  });
  return ramDiskPeak(placements, new Float64Array(load.map(({ task }) => task.ramDiskBytes)));
}

function lost({ plan, arch }: Side): Side['plan']['unbuildable'] {
  return arch === null ? plan.unbuildable : plan.unbuildable.filter((entry) => entry.arch === arch);
}

/** What is built for all architectures counts for each of them. */
function isOfSide({ arch, byId }: Side, id: string): boolean {
  const place = byId.get(id)?.place;
  return arch === null || place === arch || place === 'all';
}
