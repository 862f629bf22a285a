import type { BenchResults, CaseResult } from './results-schema.ts';

/** A case that both runs have. */
export interface Comparison {
  readonly suite: string;
  readonly size: string;
  readonly case: string;
  readonly peer: string | undefined;
  readonly baseMs: number;
  readonly nowMs: number;
  /** Now over base: below 1 is faster. */
  readonly ratio: number;
  /** What the ratio may be off by, as a factor of at least 1: it lies between `ratio / spread` and `ratio × spread`. */
  readonly spread: number;
  /** `same`: within the spread. */
  readonly verdict: 'faster' | 'same' | 'slower';
}

/** What two runs of the very same program on one machine differ by, beside the scatter within each: heat, memory layout, neighbours. */
const BETWEEN_RUNS = 0.05;
/** From the median of the distances to the standard deviation, for a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;
/** Standard error of a median, in standard errors of a mean. */
const MEDIAN_ERROR = 1.2533;
/** Student's t for 95 %, by degrees of freedom from 1 on; after that the normal distribution's. */
const STUDENT = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23] as const;
const NORMAL = 2;
/** Expected range of so many normal samples in standard deviations, from two on. */
const RANGE = [1.128, 1.693, 2.059, 2.326] as const;

/** The cases that both runs have, in the order of the later one, and which of them differ by more than chance. */
export function compareResults(base: BenchResults, now: BenchResults): readonly Comparison[] {
  const known = new Map(base.cases.map((own) => [keyOf(own), own]));
  return now.cases.flatMap((own) => {
    const before = known.get(keyOf(own));
    return before === undefined ? [] : [compareCase(before, own)];
  });
}

function compareCase(base: CaseResult, now: CaseResult): Comparison {
  const ratio = now.medianMs / base.medianMs;
  const error = Math.hypot(relativeError(base), relativeError(now), BETWEEN_RUNS);
  const spread = 1 + error;
  const verdict = ratio > spread ? 'slower' : ratio < 1 / spread ? 'faster' : 'same';
  return {
    ...{ suite: now.suite, size: now.size, case: now.case, peer: now.peer },
    ...{ baseMs: base.medianMs, nowMs: now.medianMs, ratio, spread, verdict },
  };
}

/** Half of the 95 % interval of a median, as a part of it. Few samples: their range tells more than their median distance. */
function relativeError({ samples, medianMs, minMs, maxMs, madMs }: CaseResult): number {
  if (samples < 2) return 1;
  const range = RANGE[samples - 2];
  const deviation = range === undefined ? madMs * MAD_TO_DEVIATION : (maxMs - minMs) / range;
  const student = STUDENT[samples - 2] ?? NORMAL;
  return (student * MEDIAN_ERROR * deviation) / Math.sqrt(samples) / medianMs;
}

/** What makes two cases the same. */
function keyOf(own: CaseResult): string {
  return JSON.stringify([own.suite, own.size, own.case, own.peer]);
}
