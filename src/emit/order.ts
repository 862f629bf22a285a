import { tasksByStart } from '../plan/make-tasks.ts';
import type { Plan } from '../plan/plan.ts';
import { escapeBlanks } from './escape-blanks.ts';

/**
 * The order file: one unit a line in the order in which they start, with builder and mode, separated by spaces. A source
 * appears once for each target. None of the three holds a blank in Debian; should one, it is written as `escapeBlanks` does.
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * emitOrder(plan).split('\n')[0]; // → 'base/rt/harbor-linux-rt_6.12.34-2/amd64 amd64 ram'
 */
export function emitOrder(plan: Plan): string {
  return tasksByStart(plan.targets)
    .map((task) => `${escapeBlanks(task.id)} ${escapeBlanks(task.builder)} ${task.mode}\n`)
    .join('');
}
