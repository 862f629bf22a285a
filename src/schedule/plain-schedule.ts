import type { DispatchRule, Problem, Schedule } from '../dispatch/problem.ts';
import { dispatchRule } from './dispatch-rule.ts';
import { listSchedule } from './list-schedule.ts';
import { shortestDurations, tails } from './tails.ts';

/** A rule and what the dispatcher makes of it. */
export interface PlainSchedule {
  readonly rule: DispatchRule;
  readonly schedule: Schedule;
}

const known = new WeakMap<Problem, PlainSchedule>();

/**
 * The dispatcher's own schedule by critical-path tails. Made once for a problem: bounds end at it, and schedulers begin with it.
 * @throws a 'BUG: …' error when a task fits no builder: report what `findImpossible` finds first
 */
export function plainSchedule(problem: Problem): PlainSchedule {
  const found = known.get(problem) ?? makePlain(problem);
  known.set(problem, found);
  return found;
}

function makePlain(problem: Problem): PlainSchedule {
  const rule = dispatchRule(problem, tails(problem.dag, shortestDurations(problem)));
  return { rule, schedule: listSchedule(problem, rule) };
}
