import type { DispatchRule, Problem } from '../dispatch/problem.ts';
import { ramDiskUsers } from './ram-disk-users.ts';

/** More make jobs than any builder has: each task gets the most that there are. */
const MOST_JOBS = 2 ** 31 - 1;

/** The rule that goes by a priority: the RAM disk is for those that gain most by it, and every build gets the most make jobs. */
export function dispatchRule(problem: Problem, priority: Float64Array): DispatchRule {
  return {
    priority,
    mayUseRamDisk: ramDiskUsers(problem, priority),
    makeJobs: new Int32Array(problem.taskCount).fill(MOST_JOBS),
  };
}
