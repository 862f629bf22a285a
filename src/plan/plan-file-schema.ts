import type { JsonSchema } from '../base/read-json.ts';
import { isPlanTask, isRecord } from './is-plan-task.ts';
import type { Plan, PlanTask } from './plan.ts';
import { planSchema } from './schema.ts';

/**
 * `planSchema` for large plans: tasks are checked by hand, the rest by the schema; and all of it where a task is not as it should be,
 * so that the answer is the schema's.
 */
export const planFileSchema: JsonSchema<Plan> = {
  safeParse: (value) => {
    const parts = partsOf(value);
    if (parts === undefined) return planSchema.safeParse(value);
    const result = planSchema.safeParse(parts.rest);
    if (!result.success) return planSchema.safeParse(value);
    const targets = result.data.targets.map((target, index) => ({
      ...target,
      tasks: parts.tasks[index] ?? [],
    }));
    return { success: true, data: { ...result.data, targets } };
  },
};

/** A plan's tasks, by target, and what it is without them; undefined where some are none, or there are no targets. */
function partsOf(
  value: unknown,
): { readonly tasks: readonly (readonly PlanTask[])[]; readonly rest: unknown } | undefined {
  if (!isRecord(value) || !Array.isArray(value['targets'])) return undefined;
  const tasks: PlanTask[][] = [];
  const targets: unknown[] = [];
  for (const target of value['targets'].values()) {
    if (!isRecord(target) || !Array.isArray(target['tasks'])) return undefined;
    const own: PlanTask[] = [];
    for (const task of target['tasks'].values()) {
      if (!isPlanTask(task)) return undefined;
      own.push(task);
    }
    tasks.push(own);
    targets.push({ ...target, tasks: [] });
  }
  return { tasks, rest: { ...value, targets } };
}
