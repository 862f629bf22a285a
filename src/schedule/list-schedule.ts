import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { DispatchRule, Problem, Schedule } from '../dispatch/problem.ts';
import { playThrough } from './play-through.ts';

/**
 * Lets the dispatcher play through by a rule, with every task ending when expected: the parallel schedule generation scheme.
 * @throws a 'BUG: …' error when a task fits no builder: report what `findImpossible` finds first
 * @see Kolisch 1996, on serial and parallel schedule generation
 */
export function listSchedule(problem: Problem, rule: DispatchRule): Schedule {
  return playThrough(problem, new Dispatcher(problem, rule));
}
