import { at } from '../../base/column.ts';
import { compareText, firstDifference } from '../../base/compare.ts';
import { Heap } from '../../base/heap.ts';
import type { Plan, PlanTarget, PlanTask } from '../../plan/plan.ts';
import { reduceNeeds } from '../reduce-needs.ts';
import { taskSlugs } from '../task-slugs.ts';

/** A build as the engines know it: by a name that is safe everywhere. */
export interface EngineUnit {
  readonly task: PlanTask;
  readonly target: PlanTarget['target'];
  /** From `taskSlugs`. */
  readonly slug: string;
  /** Places of the units that it waits for, all before its own, ascending; those that follow from others are left out. */
  readonly needs: readonly number[];
}

/**
 * The builds in the order in which an engine is to look at them: each after what it needs; of those that are free, the one of
 * the highest priority first, ties by id. O(n log n) and `reduceNeeds`
 */
export function engineUnits(plan: Plan): readonly EngineUnit[] {
  const slugs = taskSlugs(plan);
  const placed = plan.targets.flatMap(({ target, tasks }) => tasks.map((task) => ({ task, target })));
  const ordered = inOrder(placed);
  const places = new Map(ordered.map(({ task }, place) => [task.id, place]));
  const needs = reduceNeeds(
    ordered.map(({ task }) => task.needs.map((id) => placeOf(places, id)).sort((a, b) => a - b)),
  );
  return ordered.map(({ task, target }, place) => ({
    task,
    target,
    slug: slugs.get(task.id) ?? '',
    needs: at(needs, place),
  }));
}

type Placed = Pick<EngineUnit, 'task' | 'target'>;

function inOrder(placed: readonly Placed[]): readonly Placed[] {
  const dependents = new Map<string, Placed[]>(placed.map(({ task }) => [task.id, []]));
  const waits = new Map<string, number>();
  const free = new Heap<Placed>((a, b) =>
    firstDifference(b.task.priority - a.task.priority, compareText(a.task.id, b.task.id)),
  );
  for (const one of placed) {
    for (const need of one.task.needs) dependents.get(need)?.push(one);
    waits.set(one.task.id, one.task.needs.length);
    if (one.task.needs.length === 0) free.push(one);
  }
  const ordered: Placed[] = [];
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    ordered.push(next);
    for (const one of dependents.get(next.task.id) ?? []) {
      const left = (waits.get(one.task.id) ?? 0) - 1;
      waits.set(one.task.id, left);
      if (left === 0) free.push(one);
    }
  }
  if (ordered.length < placed.length) throw new Error('BUG: the plan has a cycle');
  return ordered;
}

function placeOf(places: ReadonlyMap<string, number>, id: string): number {
  const place = places.get(id);
  if (place === undefined) throw new Error(`BUG: no task ${id}`);
  return place;
}
