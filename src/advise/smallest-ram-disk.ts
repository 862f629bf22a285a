import { compareNumber } from '../base/compare.ts';
import { mostJobs, roundUp, type Grid, type Study } from './grid.ts';
import { budgetSetting } from './host.ts';
import { fastest, type Tried } from './try-grid.ts';

/**
 * The smallest RAM disk, in whole steps or of the grid, with which some slots of the grid (and the most make jobs) are good
 * enough. Looks at sizes from small to large, for more RAM may also look worse; a lower bound tells where each number of
 * slots need not be tried at all.
 * @param targetMs what is good enough
 * @param good a setting of the grid that is
 * @returns of the slots that are good enough with that size the fastest
 */
export function smallestRamDisk(study: Study, targetMs: number, good: Tried): Tried {
  const { grid, trials } = study;
  const sizes = candidateSizes(grid, good.ramDiskBytes);
  const firstOf = new Map(grid.slots.map((slots) => [slots, firstWorthATry(study, slots, sizes, targetMs)]));
  for (const [index, ramDiskBytes] of sizes.entries()) {
    const tried: Tried[] = [];
    for (const slots of grid.slots) {
      const jobs = mostJobs(study, slots, ramDiskBytes);
      if (jobs === undefined || index < (firstOf.get(slots) ?? 0)) continue;
      const setting = budgetSetting(slots, jobs, ramDiskBytes);
      const makespanMs = trials.makespanMs(setting);
      if (makespanMs <= targetMs) tried.push({ ...setting, makespanMs });
    }
    const found = fastest(tried);
    if (found !== undefined) return found;
  }
  return good;
}

/** Whole steps and the sizes of the grid, below a size; ascending. */
export function candidateSizes(grid: Grid, belowBytes: number): readonly number[] {
  const sizes = new Set(grid.ramDiskBytes.filter((bytes) => bytes < belowBytes));
  const most = roundUp(belowBytes, grid.stepBytes);
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
