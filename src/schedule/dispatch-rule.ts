import type { Builder, DispatchRule, Problem } from '../dispatch/problem.ts';
import { ramDiskUsers } from './ram-disk-users.ts';

/** More make jobs than any builder has: each task gets the most that there are. */
export const MOST_JOBS = 2 ** 31 - 1;

/**
 * The rule that goes by a priority: the RAM disk is for those that gain most by it, and every build gets as many make jobs as leave
 * cores for builds in all slots of its builder.
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem } = problemOfPlan(plan, 'plan.json');
 * const longestFirst = dispatchRule(problem, shortestDurations(problem));
 * verifySchedule(problem, listSchedule(problem, longestFirst)); // → []
 */
export function dispatchRule(problem: Problem, priority: Float64Array): DispatchRule {
  return { priority, mayUseRamDisk: ramDiskUsers(problem, priority), makeJobs: sharedJobs(problem) };
}

/** By architecture the most that any of its builders can give every slot at once. */
function sharedJobs(problem: Problem): Int32Array {
  const shareOf = new Map<string, number>();
  for (const builder of problem.builders)
    shareOf.set(builder.arch, Math.max(shareOf.get(builder.arch) ?? 1, coresOfSlot(builder)));
  return Int32Array.from(problem.arch, (arch) => shareOf.get(arch) ?? 1);
}

function coresOfSlot({ cores, slots }: Builder): number {
  return cores === Infinity ? MOST_JOBS : Math.max(1, Math.floor(cores / slots));
}
