import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { DispatchRule, Problem, Schedule } from '../dispatch/problem.ts';
import { playThrough } from './play-through.ts';

/**
 * Lets the dispatcher play through by a rule, with every task ending when expected: the parallel schedule generation scheme.
 * @throws a 'BUG: …' error when a task fits no builder: report what `findImpossible` finds first
 * @see Kolisch 1996, on serial and parallel schedule generation
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem, rule } = problemOfPlan(plan, 'plan.json');
 * verifySchedule(problem, listSchedule(problem, rule)); // → []
 */
export function listSchedule(problem: Problem, rule: DispatchRule): Schedule {
  return playThrough(problem, new Dispatcher(problem, rule));
}
