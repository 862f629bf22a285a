import type { Placement } from './problem.ts';

/** `cancelled`: something it needs has failed or is cancelled, so it never starts. */
export type TaskState = 'waiting' | 'ready' | 'running' | 'finished' | 'failed' | 'cancelled';

/** What had become of tasks before the dispatching began: those of an earlier run. No task stands twice, or is running. */
export interface Ended {
  /** What needs them waits for what they need as well, where that has not finished. */
  readonly finished: readonly number[];
  /** What needs them never starts. */
  readonly failed: readonly number[];
  /** Not ended, but failed once for want of room on the RAM disk: they run on disk alone, where a builder admits that. */
  readonly forDisk: readonly number[];
}

/**
 * What decides about starts and is told about ends: debplan's own dispatcher, or another system's way on the same problem.
 * Whoever drives it (a list schedule, a simulation, real builders) owns the clock. Tasks may end earlier or later than expected.
 */
export interface Dispatching {
  /** Whether every task has finished, failed or been cancelled. */
  readonly isDone: boolean;
  state(task: number): TaskState;
  /**
   * What to start now. The tasks count as started: what they take is taken. Call it after everything that ended by `nowMs`
   * has been told. `endMs` is when a task is expected to end.
   */
  start(nowMs: number): readonly Placement[];
  /** When `start` may have something new though nothing ends until then: a release after `nowMs`; Infinity: never. */
  nextReleaseMs(nowMs: number): number;
  /** Tells that a running task has ended well. */
  finish(task: number): void;
  /**
   * Tells that a running task has failed: what needs it, directly or not, never starts.
   * @returns the tasks that this cancels, ascending
   */
  fail(task: number): readonly number[];
  /**
   * Tells that a running task has failed and is built once more: it gives back what it took and is ready again.
   * @param isForDisk from now on it runs on disk alone, as a build that has outgrown its RAM disk must; some builder has to
   *   admit it there
   */
  retry(task: number, isForDisk: boolean): void;
}
