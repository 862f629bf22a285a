import { at } from '../../base/column.ts';
import type { Schedule } from '../../dispatch/problem.ts';

/** One run of the search from scratch. */
export interface Restart {
  /** How many schedules it may make. */
  readonly schedules: number;
  readonly seed: number;
}

/** What a search, or one restart of it, has come to. */
export interface BuildSearchResult {
  readonly schedule: Schedule;
  /** How many were made: every pass of a generation scheme counts. */
  readonly schedulesUsed: number;
  /** Whether the schedule is as short as the lower bound. */
  readonly isOptimal: boolean;
}

const FIRST_SCHEDULES = 2000;
const RESTARTS_OF_A_SIZE = 2;
/** The levels of effort grow by the same: each makes the restarts of the one before and two more. */
const GROWTH = 5;
/** The last restart of a search gets at least this many. */
const FEWEST_SCHEDULES = 100;

/**
 * Divides a number of schedules among restarts of growing size: 2,000 once, 4,000 twice, 20,000 twice, each next size such
 * that the sum is five times the sum before. A larger number begins with the same restarts, so it never finds worse. Long runs
 * stagnate, short ones don't get there: nobody knows beforehand which it is.
 * @param schedules ≥ 1
 * @param seed of the first one; the others follow from it
 */
export function makeRestarts(schedules: number, seed: number): readonly Restart[] {
  const restarts: Restart[] = [];
  let spent = 0;
  for (let size = FIRST_SCHEDULES, count = 1; spent < schedules; count = RESTARTS_OF_A_SIZE) {
    for (let index = 0; index < count && spent < schedules; index++) {
      const left = schedules - spent;
      const own = left < size + FEWEST_SCHEDULES ? left : size;
      restarts.push({ schedules: own, seed: seedOf(seed, restarts.length) });
      spent += own;
    }
    size = ((GROWTH - 1) * spent) / RESTARTS_OF_A_SIZE;
  }
  return restarts;
}

/** Joins what the restarts came to, as if they had run one after the other up to the first that reached the bound. */
export function joinRestarts(
  initial: BuildSearchResult,
  results: readonly BuildSearchResult[],
): BuildSearchResult {
  let best = initial;
  let schedulesUsed = initial.schedulesUsed;
  for (let index = 0; index < results.length && !best.isOptimal; index++) {
    const result = at(results, index);
    schedulesUsed += result.schedulesUsed;
    if (result.isOptimal || result.schedule.makespanMs < best.schedule.makespanMs) best = result;
  }
  return { ...best, schedulesUsed };
}

/** Neighbouring seeds of `seededRandom` give unlike sequences. */
function seedOf(seed: number, index: number): number {
  return (Math.imul(seed, 0x85ebca6b) + index) | 0;
}
