import { nearestName } from '../../base/nearest-name.ts';
import { nearestNeeds } from '../../plan/nearest-needs.ts';
import type { Plan, PlanTask } from '../../plan/plan.ts';

/** A part of a plan, or the name that nothing in it has. */
export type SelectedPlan =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'unknown'; readonly name: string; readonly near: string | undefined };

/**
 * The part of a plan that a drawing is to show: the builds that are named, with what they wait for and what waits for them, so
 * many steps in both directions. What these need of the rest is left out, but not what they need by way of it; so it is no plan to
 * run. O(tasks + edges), and for each build that needs something of the rest as much of that as lies behind it
 * @param names sources, or ids of builds
 * @param depth 0: those that are named alone
 */
export function selectPlan(plan: Plan, names: readonly string[], depth: number): SelectedPlan {
  const tasks = plan.targets.flatMap((target) => target.tasks);
  const known = new Set(tasks.flatMap(({ id, source }) => [id, source]));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) return { kind: 'unknown', name: unknown, near: nearestName(unknown, known) };
  const wanted = new Set(names);
  const named = tasks.filter(({ id, source }) => wanted.has(id) || wanted.has(source)).map(({ id }) => id);
  const { needs, dependents } = neighbours(tasks);
  const kept = new Set([...within(named, depth, needs), ...within(named, depth, dependents)]);
  return { kind: 'plan', plan: restrict(plan, kept, needs) };
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighbours(tasks: readonly PlanTask[]): {
  readonly needs: Neighbours;
  readonly dependents: Neighbours;
} {
  const needs = new Map(tasks.map((task) => [task.id, task.needs]));
  const dependents = new Map<string, string[]>(tasks.map(({ id }) => [id, []]));
  for (const task of tasks) for (const need of task.needs) dependents.get(need)?.push(task.id);
  return { needs, dependents };
}

/** What is at most so many steps away from the first ones, and these. */
function within(first: readonly string[], depth: number, next: Neighbours): ReadonlySet<string> {
  const found = new Set(first);
  let edge = first;
  for (let step = 0; step < depth && edge.length > 0; step++) {
    edge = [...new Set(edge.flatMap((id) => next.get(id) ?? []))].filter((id) => !found.has(id));
    for (const id of edge) found.add(id);
  }
  return found;
}

function restrict(plan: Plan, kept: ReadonlySet<string>, needs: Neighbours): Plan {
  const isKept = ({ id }: { readonly id: string }): boolean => kept.has(id);
  const nearest = (task: PlanTask): readonly string[] =>
    nearestNeeds(
      task.needs,
      (id) => kept.has(id),
      (id) => needs.get(id),
    );
  return {
    ...plan,
    targets: plan.targets.map(({ target, tasks }) => ({
      target,
      tasks: tasks.filter(isKept).map((task) => ({ ...task, needs: nearest(task) })),
    })),
    criticalChain: plan.criticalChain.filter(isKept),
    breaks: plan.breaks.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    unbuildable: [],
  };
}
