import { tasksByStart } from '../plan/make-tasks.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * The order file: one unit a line in the order in which they start, with builder and mode, separated by spaces. A source
 * appears once for each target. None of the three holds a blank in Debian; should one, or a backslash, it is written as
 * `printf %b` reads it: `\0040`.
 */
export function emitOrder(plan: Plan): string {
  return tasksByStart(plan.targets)
    .map((task) => `${escapeBlanks(task.id)} ${escapeBlanks(task.builder)} ${task.mode}\n`)
    .join('');
}

function escapeBlanks(text: string): string {
  // what would end a field or a line, or reach a terminal as a command
  return text.replaceAll(/[\u0000-\u0020\u007f\\]/g, (found) => {
    const octal = found.charCodeAt(0).toString(8);
    return `\\0${octal.padStart(3, '0')}`;
  });
}
