import type { Problem } from '../dispatch/problem.ts';
import type { BuildSearchResult, Restart } from '../schedule/build-search/restarts.ts';
import type { BuildSearchOptions } from '../schedule/build-search/search-builds.ts';
import type { SearchProgress } from '../schedule/build-search/search-watch.ts';

/** To a worker: first what it works on … */
export interface WorkerTask {
  readonly kind: 'task';
  readonly problem: Problem;
  readonly options: BuildSearchOptions;
  /** Shared by all: `STOP` and `FIRST_OPTIMAL`. */
  readonly flags: Int32Array;
}

/** … then one restart after the other. */
export interface RestartOrder {
  readonly kind: 'restart';
  readonly index: number;
  readonly restart: Restart;
}

/** From a worker: how far its restart is, or what came of it. */
export type WorkerReport =
  | { readonly kind: 'progress'; readonly index: number; readonly progress: SearchProgress }
  | { readonly kind: 'result'; readonly index: number; readonly result: BuildSearchResult };

/** Cell of the flags that is 1 when all are to end with what they have. */
export const STOP = 0;
/** Cell of the flags with the first restart that reached the bound: those behind it are in vain. */
export const FIRST_OPTIMAL = 1;

/** Notes that a restart has reached the bound. */
export function noteOptimal(flags: Int32Array, index: number): void {
  for (;;) {
    const first = Atomics.load(flags, FIRST_OPTIMAL);
    if (first <= index || Atomics.compareExchange(flags, FIRST_OPTIMAL, first, index) === first) return;
  }
}

/** Whether what this restart finds is no longer asked for. */
export function isInVain(flags: Int32Array, index: number): boolean {
  return Atomics.load(flags, STOP) === 1 || Atomics.load(flags, FIRST_OPTIMAL) < index;
}
