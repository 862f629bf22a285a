import type { Unit } from './archive/unit.ts';
import type { DispatchRule, Problem, Schedule } from './dispatch/problem.ts';
import type { LowerBound } from './schedule/bounds/lower-bound.ts';
import { plainSchedule } from './schedule/plain-schedule.ts';

/** A schedule, and the rule that the dispatcher goes by when the plan is carried out. */
export interface Scheduled {
  readonly schedule: Schedule;
  readonly rule: DispatchRule;
  /** What found the schedule: a policy, or a step of the search. */
  readonly foundBy: string;
}

/** How a posed problem is scheduled. Pure: the same problem gives the same schedule. `units`: one a task. */
export type Scheduler = (problem: Problem, bound: LowerBound, units: readonly Unit[]) => Scheduled;

/** The dispatcher's own schedule by critical-path tails. */
export const scheduleByList: Scheduler = (problem) => ({
  ...plainSchedule(problem),
  foundBy: 'critical-path',
});
