import { UserError } from '../../base/diagnostic.ts';
import type { Plan, PlanTarget, PlanTask } from '../../plan/plan.ts';
import type { EmitOptions } from '../emitter.ts';
import { taskSlugs } from '../task-slugs.ts';
import { fillTemplate } from './fill-template.ts';
import { placeholderValues } from './placeholders.ts';

/** A task and what it is built for. */
export interface PlacedTask {
  readonly task: PlanTask;
  readonly target: PlanTarget['target'];
}

/**
 * What builds each task, by id: POSIX sh, of one line or several, that may end in a comment.
 * @param placed the tasks, where not as the plan has them
 * @throws UserError for a name that no command line can carry. O(tasks)
 */
export function buildCommands(
  plan: Plan,
  { builderCommand, suite }: EmitOptions,
  placed: readonly PlacedTask[] = placedTasks(plan),
): ReadonlyMap<string, string> {
  const slugs = taskSlugs(plan);
  const commands = placed.map(({ task, target }): readonly [string, string] => {
    const context = { task, target, slug: slugs.get(task.id) ?? '', suite };
    const command = fillTemplate(builderCommand, placeholderValues(context));
    if (command.includes('\0')) throw holdsNul(task.id);
    return [task.id, command];
  });
  return new Map(commands);
}

function placedTasks({ targets }: Plan): readonly PlacedTask[] {
  return targets.flatMap(({ target, tasks }) => tasks.map((task) => ({ task, target })));
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
