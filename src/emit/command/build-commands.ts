import { UserError } from '../../base/diagnostic.ts';
import type { Plan } from '../../plan/plan.ts';
import type { EmitOptions } from '../emitter.ts';
import { taskSlugs } from '../task-slugs.ts';
import { fillTemplate } from './fill-template.ts';
import { placeholderValues } from './placeholders.ts';

/**
 * What builds each task, by id: POSIX sh, of one line or several, that may end in a comment.
 * @throws UserError for a name that no command line can carry. O(tasks)
 */
export function buildCommands(
  plan: Plan,
  { builderCommand, suite }: EmitOptions,
): ReadonlyMap<string, string> {
  const slugs = taskSlugs(plan);
  const commands = new Map<string, string>();
  for (const { target, tasks } of plan.targets) {
    for (const task of tasks) {
      const context = { task, target, slug: slugs.get(task.id) ?? '', suite };
      const command = fillTemplate(builderCommand, placeholderValues(context));
      if (command.includes('\0')) throw holdsNul(task.id);
      commands.set(task.id, command);
    }
  }
  return commands;
}

function holdsNul(id: string): UserError {
  return new UserError([
    {
      code: 'holds-nul',
      severity: 'error',
      message: `${id.replaceAll('\0', '␀')}: no command line can carry a NUL`,
      hint: 'correct the name in the plan',
    },
  ]);
}
