import type { WeightedCapacity, WorkColumns } from './work.ts';

/**
 * What a bound looks at: the tasks of one architecture, and a moment that can't come before all of them have ended and what
 * must follow each of them has run. Columns have one cell a task of the whole problem.
 */
export interface BoundInput {
  /** The tasks of the architecture that some builder can run, ascending. */
  readonly tasks: Int32Array;
  readonly capacity: WeightedCapacity;
  readonly work: WorkColumns;
  /** The shortest that each task can take. */
  readonly durationMs: Float64Array;
  /** No task can start earlier. */
  readonly headMs: Float64Array;
  /** No less can follow the end of each task until that moment; -Infinity where the moment does not wait for it. */
  readonly afterMs: Float64Array;
  /** Bytes that each task takes from the RAM disk when it runs in RAM. */
  readonly ramDiskBytes: Float64Array;
}

/**
 * No schedule ends earlier.
 * @returns integer ms, never above the true optimum
 */
export type Bound = (input: BoundInput) => number;

/**
 * Rounds a computed bound up to whole ms, after taking off what floating-point sums may have put on.
 * @param magnitudeMs the largest intermediate value
 * @param termCount how many terms were summed up to it
 */
export function ceilSafely(valueMs: number, magnitudeMs: number, termCount: number): number {
  return Math.max(0, Math.ceil(valueMs - magnitudeMs * (termCount + 16) * 4 * Number.EPSILON));
}
