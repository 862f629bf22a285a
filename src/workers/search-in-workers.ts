import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { at } from '../base/column.ts';
import type { Problem } from '../dispatch/problem.ts';
import {
  joinRestarts,
  makeRestarts,
  type BuildSearchResult,
  type Restart,
} from '../schedule/build-search/restarts.ts';
import { bestInitial, runRestart, type BuildSearchOptions } from '../schedule/build-search/search-builds.ts';
import type { SearchProgress } from '../schedule/build-search/search-watch.ts';
import {
  FIRST_OPTIMAL,
  STOP,
  type RestartOrder,
  type WorkerReport,
  type WorkerTask,
} from './search-protocol.ts';

export interface WorkerSearchOptions extends BuildSearchOptions {
  /** Threads; the result does not depend on it. Left out: as many as the machine has processors. */
  readonly workers?: number;
  /** Ends the search with the best so far. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SearchProgress) => void;
}

export interface WorkerSearchResult extends BuildSearchResult {
  /** Whether the signal ended it: then the same options may give another schedule. */
  readonly isInterrupted: boolean;
}

/**
 * `searchBuilds` with the restarts spread over threads: the same schedule, whatever their number. Where this code runs as
 * TypeScript, no thread can be started from it, and one restart follows the other.
 */
export async function searchInWorkers(
  problem: Problem,
  options: WorkerSearchOptions,
): Promise<WorkerSearchResult> {
  const search = new ParallelSearch(problem, options);
  const initial = bestInitial(options);
  if (!initial.isOptimal) await (canStartThreads() ? search.runInThreads() : search.runHere());
  return { ...joinRestarts(initial, search.finished()), isInterrupted: search.isInterrupted };
}

function canStartThreads(): boolean {
  return import.meta.url.endsWith('.js');
}

/** The restarts of one search: who runs which, and what came of it. */
class ParallelSearch {
  readonly #problem: Problem;
  readonly #options: WorkerSearchOptions;
  readonly #restarts: readonly Restart[];
  readonly #results: (BuildSearchResult | undefined)[];
  readonly #progress: SearchProgress[];
  readonly #flags = new Int32Array(new SharedArrayBuffer(8));
  #next = 0;

  constructor(problem: Problem, options: WorkerSearchOptions) {
    this.#problem = problem;
    this.#options = options;
    this.#restarts = makeRestarts(options.schedules, options.seed);
    this.#results = this.#restarts.map(() => undefined);
    this.#progress = this.#restarts.map(() => ({ schedulesUsed: 0, makespanMs: Infinity }));
    this.#flags[FIRST_OPTIMAL] = this.#restarts.length;
  }

  get isInterrupted(): boolean {
    return this.#flags[STOP] === 1;
  }

  /** Up to the first that is missing; when interrupted, all that there are. */
  finished(): readonly BuildSearchResult[] {
    const first = this.#results.indexOf(undefined);
    const inOrder = first < 0 || this.isInterrupted ? this.#results : this.#results.slice(0, first);
    return inOrder.filter((result) => result !== undefined);
  }

  async runHere(): Promise<void> {
    for (;;) {
      if (this.#options.signal?.aborted === true) this.#flags[STOP] = 1;
      const order = this.#take();
      if (order === undefined) return;
      const { index, restart } = order;
      const result = runRestart(this.#problem, restart, this.#options, {
        onProgress: (progress) => {
          this.#tell(index, progress);
        },
      });
      this.#results[index] = result;
      if (result.isOptimal) return;
      await setImmediate(); // lets a signal in
    }
  }

  async runInThreads(): Promise<void> {
    const { problem, options, flags } = {
      problem: this.#problem,
      options: this.#options,
      flags: this.#flags,
    };
    const stop = (): void => {
      Atomics.store(flags, STOP, 1);
    };
    options.signal?.addEventListener('abort', stop, { once: true });
    if (options.signal?.aborted === true) stop();
    const { schedules, seed, initial, lowerBoundMs } = options;
    const shared = { schedules, seed, initial, lowerBoundMs };
    const task: WorkerTask = { kind: 'task', problem, options: shared, flags };
    const count = Math.min(options.workers ?? availableParallelism(), this.#restarts.length);
    try {
      await Promise.all(Array.from({ length: count }, () => this.#runThread(task)));
    } finally {
      options.signal?.removeEventListener('abort', stop);
    }
  }

  /** One thread, from its start until there is nothing left to do. */
  async #runThread(task: WorkerTask): Promise<void> {
    const worker = new Worker(new URL('search-worker.js', import.meta.url));
    const done = new Promise<void>((resolve, reject) => {
      const sendNext = (): void => {
        const order = this.#take();
        if (order === undefined) resolve();
        else worker.postMessage(order);
      };
      worker.on('error', reject);
      worker.on('exit', (code) => {
        reject(new Error(`BUG: a search thread ended with ${code}`));
      });
      worker.on('message', (report: WorkerReport) => {
        if (report.kind === 'progress') {
          this.#tell(report.index, report.progress);
          return;
        }
        this.#results[report.index] = report.result;
        sendNext();
      });
      worker.postMessage(task);
      sendNext();
    });
    try {
      await done;
    } finally {
      await worker.terminate();
    }
  }

  /** The next restart that is not in vain. */
  #take(): RestartOrder | undefined {
    const end = Math.min(this.#restarts.length, at(this.#flags, FIRST_OPTIMAL));
    if (this.isInterrupted || this.#next >= end) return undefined;
    const index = this.#next++;
    return { kind: 'restart', index, restart: at(this.#restarts, index) };
  }

  #tell(index: number, progress: SearchProgress): void {
    this.#progress[index] = progress;
    this.#options.onProgress?.({
      schedulesUsed: this.#progress.reduce((sum, one) => sum + one.schedulesUsed, 0),
      makespanMs: this.#progress.reduce(
        (least, one) => Math.min(least, one.makespanMs),
        bestInitial(this.#options).schedule.makespanMs,
      ),
    });
  }
}
