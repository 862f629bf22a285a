import { int32At } from '../../base/cells.ts';
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
 * the highest priority first, ties by id. O(n log n + needs) and `reduceNeeds`
 */
export function engineUnits(plan: Plan): readonly EngineUnit[] {
  const slugs = taskSlugs(plan);
  const placed = plan.targets.flatMap(({ target, tasks }) => tasks.map((task) => ({ task, target })));
  const numbers = new Map(placed.map(({ task }, index) => [task.id, index]));
  const needs = placed.map(({ task }) => Int32Array.from(task.needs, (id) => numberOf(numbers, id)));
  const order = inOrder(placed, needs);
  const places = new Int32Array(placed.length);
  for (const [place, index] of order.entries()) places[index] = place;
  const reduced = reduceNeeds(
    order.map((index) => Array.from(at(needs, index), (need) => int32At(places, need)).sort((a, b) => a - b)),
  );
  return order.map((index, place) => {
    const { task, target } = at(placed, index);
    return { task, target, slug: slugs.get(task.id) ?? '', needs: at(reduced, place) };
  });
}

type Placed = Pick<EngineUnit, 'task' | 'target'>;

/** @returns the numbers of the tasks, each after those that it needs */
function inOrder(placed: readonly Placed[], needs: readonly Int32Array[]): readonly number[] {
  const dependents = placed.map((): number[] => []);
  const waits = needs.map(({ length }) => length);
  const free = new Heap<number>((a, b) => {
    const [one, other] = [at(placed, a).task, at(placed, b).task];
    return firstDifference(other.priority - one.priority, compareText(one.id, other.id));
  });
  for (const [index, own] of needs.entries()) {
    for (const need of own) at(dependents, need).push(index);
    if (own.length === 0) free.push(index);
  }
  const order: number[] = [];
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    order.push(next);
    for (const index of at(dependents, next)) {
      const left = at(waits, index) - 1;
      waits[index] = left;
      if (left === 0) free.push(index);
    }
  }
  if (order.length < placed.length) throw new Error('BUG: the plan has a cycle');
  return order;
}

function numberOf(numbers: ReadonlyMap<string, number>, id: string): number {
  const number = numbers.get(id);
  if (number === undefined) throw new Error(`BUG: no task ${id}`);
  return number;
}
