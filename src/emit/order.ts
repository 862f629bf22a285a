import { tasksByStart } from '../plan/make-tasks.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * The order file: one unit a line in the order in which they start, with builder and mode, separated by spaces. A source
 * appears once for each target. None of the three can hold a blank.
 */
export function emitOrder(plan: Plan): string {
  return tasksByStart(plan.targets)
    .map((task) => `${task.id} ${task.builder} ${task.mode}\n`)
    .join('');
}
