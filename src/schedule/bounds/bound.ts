import type { Dag } from '../../graph/dag.ts';
import type { ModeTable } from './modes.ts';
import type { BoundResource, ResourceKind } from './resource.ts';

/**
 * What a bound looks at: tasks that share resources, and a moment that can't come before all of them have ended and what
 * must follow each of them has run. Columns have one cell a task of the whole problem.
 */
export interface BoundInput {
  /** The tasks that count, ascending: all whose `afterMs` is finite. */
  readonly tasks: Int32Array;
  /** All tasks of the problem; edges into `isStarted` ones count as gone. */
  readonly dag: Dag;
  /** 1: runs already. */
  readonly isStarted: Uint8Array;
  /** The shortest that each task can take. */
  readonly durationMs: Float64Array;
  /** No task can start earlier. */
  readonly headMs: Float64Array;
  /** No less can follow the end of each task until that moment; -Infinity where the moment does not wait for it. */
  readonly afterMs: Float64Array;
  /** The modes of `tasks`, by position. */
  readonly modes: ModeTable;
  /** What `modes` take of each resource at least. */
  readonly resources: readonly BoundResource[];
}

/** Why a bound is what it is: what a person would have to change. Times are ms from the start. */
export type Binding =
  /** Tasks each of which waits for the one before, first to last. */
  | { readonly kind: 'chain'; readonly tasks: readonly number[] }
  /** What must run between two moments fills the resource. */
  | {
      readonly kind: 'window';
      readonly resources: readonly ResourceKind[];
      readonly fromMs: number;
      readonly untilMs: number;
      /** Of large tasks, so many must take a mode that fills the resource more, as builds go to disk: no room is left in RAM. */
      readonly spilledCount?: number;
    }
  /** No single window: needs and resources together leave no way to end earlier. */
  | { readonly kind: 'together'; readonly resources: readonly ResourceKind[] };

export interface BoundValue {
  /** Integer ms that no schedule can beat. */
  readonly lowerBoundMs: number;
  readonly binding: Binding;
}

/** What is known before a bound is asked: it need not look for less than the one, nor beyond the other. */
export interface KnownBounds {
  /** A bound that other ways have proven. */
  readonly lowerMs: number;
  /** A makespan that some schedule has; Infinity: none is known. */
  readonly upperMs: number;
}

/**
 * No schedule ends earlier.
 * @returns never above the true optimum; undefined where it proves no more than `known.lowerMs`
 */
export type Bound = (input: BoundInput, known: KnownBounds) => BoundValue | undefined;

/**
 * Rounds a computed bound up to whole ms, after taking off what floating-point sums may have put on.
 * @param magnitudeMs the largest intermediate value
 * @param termCount how many terms were summed up to it
 */
export function ceilSafely(valueMs: number, magnitudeMs: number, termCount: number): number {
  return Math.max(0, Math.ceil(valueMs - magnitudeMs * (termCount + 16) * 4 * Number.EPSILON));
}
