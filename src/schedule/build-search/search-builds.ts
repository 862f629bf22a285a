import type { Problem, Schedule } from '../../dispatch/problem.ts';
import { at } from '../../base/column.ts';
import { RestartSearch } from './restart-search.ts';
import type { SearchProgress, SearchWatch } from './search-watch.ts';
import { joinRestarts, makeRestarts, type BuildSearchResult, type Restart } from './restarts.ts';

export interface BuildSearchOptions {
  /** How many schedules may be made in all; ≥ 1. It alone decides when the search ends, never a clock. */
  readonly schedules: number;
  readonly seed: number;
  /** At least one: the search begins with them and never ends worse than the best. */
  readonly initial: readonly Schedule[];
  /** Nothing is shorter: the search ends when it gets there. */
  readonly lowerBoundMs: number;
}

/**
 * Population search for a short schedule, with restarts of growing size. Deterministic by options: the same ones give the same
 * schedule, whoever runs the restarts. `searchInWorkers` spreads them over threads.
 * @returns a schedule that does not end later than the best initial one
 */
export function searchBuilds(
  problem: Problem,
  options: BuildSearchOptions,
  watch: SearchWatch = {},
): BuildSearchResult {
  const initial = bestInitial(options);
  const results: BuildSearchResult[] = [];
  let best = initial;
  for (const restart of makeRestarts(options.schedules, options.seed)) {
    if (best.isOptimal || watch.shouldStop?.() === true) break;
    const before = best;
    const onProgress = (progress: SearchProgress): void =>
      watch.onProgress?.({
        schedulesUsed: before.schedulesUsed + progress.schedulesUsed,
        makespanMs: Math.min(before.schedule.makespanMs, progress.makespanMs),
      });
    results.push(runRestart(problem, restart, options, { ...watch, onProgress }));
    best = joinRestarts(initial, results);
  }
  return best;
}

/** One restart of a search, by itself. */
export function runRestart(
  problem: Problem,
  restart: Restart,
  { initial, lowerBoundMs }: Pick<BuildSearchOptions, 'initial' | 'lowerBoundMs'>,
  watch: SearchWatch,
): BuildSearchResult {
  return new RestartSearch(problem, restart, initial, lowerBoundMs, watch).run();
}

/** The best of the initial schedules: what is known before any restart. */
export function bestInitial({ initial, lowerBoundMs }: BuildSearchOptions): BuildSearchResult {
  let best = at(initial, 0);
  for (const schedule of initial) if (schedule.makespanMs < best.makespanMs) best = schedule;
  return { schedule: best, schedulesUsed: 0, isOptimal: best.makespanMs <= lowerBoundMs };
}
