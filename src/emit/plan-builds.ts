import { compareText, firstDifference } from '../base/compare.ts';
import type { Plan, PlanChainLink, PlanTarget, PlanTask } from '../plan/plan.ts';

/** A task of a plan with what the plan says of it elsewhere. */
export interface PlanBuild {
  /** From 1 on, in the order in which they start; ties by id. */
  readonly number: number;
  readonly task: PlanTask;
  /** What it is built for. */
  readonly target: PlanTarget['target'];
  /** How many tasks need it. */
  readonly dependentCount: number;
  /** What it waited for, if it is on the critical chain. */
  readonly waitedFor: PlanChainLink['waitedFor'] | undefined;
}

/** All tasks of a plan by start, ties by id, whatever their order in the plan. O(n log n + edges) */
export function planBuilds(plan: Plan): readonly PlanBuild[] {
  const waits = new Map(plan.criticalChain.map(({ id, waitedFor }) => [id, waitedFor]));
  const dependents = new Map<string, number>();
  for (const { tasks } of plan.targets) {
    for (const need of tasks.flatMap(({ needs }) => needs))
      dependents.set(need, (dependents.get(need) ?? 0) + 1);
  }
  return plan.targets
    .flatMap(({ target, tasks }) => tasks.map((task) => ({ task, target })))
    .sort((a, b) => firstDifference(a.task.startMs - b.task.startMs, compareText(a.task.id, b.task.id)))
    .map(({ task, target }, index) => ({
      number: index + 1,
      task,
      target,
      dependentCount: dependents.get(task.id) ?? 0,
      waitedFor: waits.get(task.id),
    }));
}
