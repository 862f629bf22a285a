import { compareText } from '../base/compare.ts';
import type { PlanTarget, PlanTask } from './plan.ts';

/** A task with what it is built for. */
export interface PlacedTask {
  readonly task: PlanTask;
  readonly target: PlanTarget['target'];
}

const sorted = new WeakMap<readonly PlanTarget[], readonly PlacedTask[]>();

/** All tasks of a plan by code unit of their ids. Sorted once for a plan, however often it is asked. */
export function tasksById(targets: readonly PlanTarget[]): readonly PlacedTask[] {
  const known = sorted.get(targets);
  if (known !== undefined) return known;
  const placed = targets
    .flatMap(({ target, tasks }) => tasks.map((task): PlacedTask => ({ task, target })))
    .sort((a, b) => compareText(a.task.id, b.task.id));
  sorted.set(targets, placed);
  return placed;
}
