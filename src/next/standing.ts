import type { Mode } from '../dispatch/problem.ts';

/** What has become of a plan's builds by some moment, by the task numbers of its `PlanProblem`. No task stands in two lists. */
export interface Standing {
  readonly finished: readonly number[];
  readonly failed: readonly number[];
  /** Not ended, but on disk alone from now on. */
  readonly forDisk: readonly number[];
  readonly running: readonly RunningBuild[];
}

/** A build that runs, as far as somebody told. */
export interface RunningBuild {
  readonly task: number;
  /** How long it has run, in integer ms ≥ 0. */
  readonly runningMs: number;
  /** Index into `Problem.builders`; undefined: nobody said. */
  readonly builder: number | undefined;
  readonly slot: number | undefined;
  readonly mode: Mode | undefined;
  /** Index into the builder's fixed chroots. */
  readonly chroot: number | undefined;
  readonly makeJobs: number | undefined;
}

export const NOTHING_YET: Standing = { finished: [], failed: [], forDisk: [], running: [] };
