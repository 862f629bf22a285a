import { at } from '../../base/column.ts';
import { groupBy } from '../../base/group-by.ts';
import type { ReportPlan, ReportTasks } from '../report-data.ts';
import { lanesOf, type Lane } from './lanes.ts';

/** A plan and what the page finds out about it once. */
export interface PlanView {
  readonly plan: ReportPlan;
  readonly lanes: readonly Lane[];
  readonly taskById: ReadonlyMap<string, number>;
  /** What each task is called: its source, and as much more as it takes to tell it from others. */
  readonly names: readonly string[];
  /** One cell a task: its place in the critical chain, counted from 1; 0: not in it. */
  readonly chainPlace: Uint32Array;
}

/** O(tasks) */
export function viewPlan(plan: ReportPlan): PlanView {
  const chainPlace = new Uint32Array(plan.tasks.count);
  plan.criticalChain.forEach((task, index) => (chainPlace[task] = index + 1));
  return {
    plan,
    lanes: lanesOf(plan),
    taskById: new Map(plan.tasks.ids.map((id, task) => [id, task])),
    names: nameTasks(plan.tasks),
    chainPlace,
  };
}

/**
 * `hello`, `hello+stage1`; with its layer (`rt/hello`) or version (`hello_2.10-3`) only where another task of that source and
 * architecture differs in it. The architecture is not in it.
 */
export function nameTasks(tasks: ReportTasks): readonly string[] {
  const numbers = tasks.sources.map((_, task) => task);
  const groups = groupBy(
    numbers,
    (task) =>
      `${at(tasks.sources, task)} ${String(at(tasks.archOf, task))} ${String(at(tasks.stageOf, task))}`,
  );
  const names = new Array<string>(tasks.count);
  for (const group of groups.values()) {
    const isLayerTold = new Set(group.map((task) => at(tasks.layerOf, task))).size > 1;
    const isVersionTold =
      new Set(group.map((task) => `${String(at(tasks.layerOf, task))} ${at(tasks.versions, task)}`)).size >
      (isLayerTold ? new Set(group.map((task) => at(tasks.layerOf, task))).size : 1);
    for (const task of group) {
      const layer = isLayerTold ? `${at(tasks.layers, at(tasks.layerOf, task))}/` : '';
      const version = isVersionTold ? `_${at(tasks.versions, task)}` : '';
      const stage = at(tasks.stages, at(tasks.stageOf, task));
      names[task] = `${layer}${at(tasks.sources, task)}${version}${stage === '' ? '' : `+${stage}`}`;
    }
  }
  return names;
}

/** `hello/amd64`: what tells a task from all others, short. */
export function fullName(view: PlanView, task: number): string {
  return `${at(view.names, task)}/${archOf(view.plan.tasks, task)}`;
}

/** What a task is built for. */
export function archOf(tasks: ReportTasks, task: number): string {
  return at(tasks.archs, at(tasks.archOf, task));
}
