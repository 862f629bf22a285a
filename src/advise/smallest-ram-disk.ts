import { at } from '../base/column.ts';
import { compareNumber } from '../base/compare.ts';
import { mostJobs, roundUp, type Grid, type Study } from './grid.ts';
import { budgetSetting } from './host.ts';
import type { Trials } from './trials.ts';
import { fastest, type Tried } from './try-grid.ts';

/** A setting that one schedule shows to be so much too slow may be good enough with a better one. */
const PROMISING = 1.08;

/**
 * The smallest RAM disk, in whole steps or of the grid, with which some slots of the grid (and the most make jobs) are good
 * enough. Looks at sizes from small to large, for more RAM may also look worse; a lower bound tells where each number of
 * slots need not be tried at all. What one schedule leaves open, better ones decide by bisection.
 * @param targetMs what is good enough
 * @param good a setting that is
 * @returns of the slots those that are fastest with that size, scheduled well
 */
export function smallestRamDisk(study: Study, targetMs: number, good: Tried): Tried {
  const { grid, trials } = study;
  const sizes = candidateSizes(grid, good.ramDiskBytes);
  // Sizes of the grid have all been tried already.
  const firstOf = grid.isTight
    ? new Map<number, number>()
    : new Map(grid.slots.map((slots) => [slots, firstWorthATry(study, slots, sizes, targetMs)]));
  const promising: Tried[] = [];
  for (const [index, ramDiskBytes] of sizes.entries()) {
    const tried: Tried[] = [];
    for (const slots of grid.slots) {
      const jobs = mostJobs(study, slots, ramDiskBytes);
      if (jobs === undefined || index < (firstOf.get(slots) ?? 0)) continue;
      const setting = budgetSetting(slots, jobs, ramDiskBytes);
      tried.push({ ...setting, makespanMs: trials.makespanMs(setting) });
    }
    const found = fastest(tried);
    if (found !== undefined && found.makespanMs <= targetMs * PROMISING) promising.push(found);
    if (found !== undefined && found.makespanMs <= targetMs) break;
  }
  return firstGood(promising, targetMs, good, trials);
}

/** The first that is good enough when scheduled well, if each is better than the one before; ends with `good`. */
function firstGood(promising: readonly Tried[], targetMs: number, good: Tried, trials: Trials): Tried {
  let found = good;
  let from = 0;
  let to = promising.length;
  while (from < to) {
    // One schedule often tells already that the last one is.
    const middle = to === promising.length && to - from > 1 ? to - 1 : (from + to) >> 1;
    const setting = at(promising, middle);
    const makespanMs = trials.refinedMs(setting);
    if (makespanMs <= targetMs) {
      found = { ...setting, makespanMs };
      to = middle;
    } else from = middle + 1;
  }
  return found;
}

/** Whole steps, unless each try takes too long, and the sizes of the grid, below a size; ascending. */
export function candidateSizes(grid: Grid, belowBytes: number): readonly number[] {
  const sizes = new Set(grid.ramDiskBytes.filter((bytes) => bytes < belowBytes));
  const most = grid.isTight ? 0 : roundUp(belowBytes, grid.stepBytes);
  for (let bytes = 0; bytes < most; bytes += grid.stepBytes) if (bytes < belowBytes) sizes.add(bytes);
  return [...sizes].sort(compareNumber);
}

/** Index of a size below which bounds forbid the target: what is forbidden with some RAM disk is so with less. */
function firstWorthATry(
  { grid, host, trials }: Study,
  slots: number,
  sizes: readonly number[],
  targetMs: number,
): number {
  const jobs = grid.makeJobs.findLast((choice) => slots * choice <= host.cores);
  if (jobs === undefined) return sizes.length;
  let from = 0;
  let to = sizes.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (trials.quickBoundMs(budgetSetting(slots, jobs, sizes[middle] ?? 0)) <= targetMs) to = middle;
    else from = middle + 1;
  }
  return from;
}
