import { tasksByStart } from '../../src/plan/make-tasks.ts';
import type { Plan } from '../../src/plan/plan.ts';

/** Of each task of a plan all that it waits for, directly or not. */
export function allNeeds(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const tasks = new Map(
    plan.targets.flatMap((target) => target.tasks.map((task) => [task.id, task] as const)),
  );
  const found = new Map<string, Set<string>>();
  for (const { id } of tasksByStart(plan.targets)) {
    const own = new Set<string>();
    const open = [...(tasks.get(id)?.needs ?? [])];
    for (let need = open.pop(); need !== undefined; need = open.pop()) {
      if (own.has(need)) continue;
      own.add(need);
      open.push(...(tasks.get(need)?.needs ?? []));
    }
    found.set(id, own);
  }
  return found;
}
