import { compareText } from '../../base/compare.ts';
import { tasksByStart } from '../../plan/make-tasks.ts';
import type { Plan, PlanBuilder, PlanTask } from '../../plan/plan.ts';
import { usageSteps, type UsageStep } from '../../plan/usage-steps.ts';

/** A builder with what it does over time. */
export interface BuilderLanes {
  readonly builder: PlanBuilder;
  /** One a slot; in each the builds one after the other. */
  readonly slots: readonly (readonly PlanTask[])[];
  readonly usage: readonly UsageStep[];
  /** Sum of the builds' durations. */
  readonly busyMs: number;
}

/** What is drawn of a plan: its builders by name, each with a lane for every slot. O(n log n) */
export function builderLanes(plan: Plan): readonly BuilderLanes[] {
  const own = new Map(plan.builders.map(({ name }) => [name, new Array<PlanTask>()]));
  for (const task of tasksByStart(plan.targets)) own.get(task.builder)?.push(task);
  return [...plan.builders]
    .sort((a, b) => compareText(a.name, b.name))
    .map((builder) => {
      const tasks = own.get(builder.name) ?? [];
      const slots = Array.from({ length: builder.slots }, (_, slot) =>
        tasks.filter((task) => task.slot === slot),
      );
      const busyMs = tasks.reduce((sum, { durationMs }) => sum + durationMs, 0);
      return { builder, slots, usage: usageSteps(tasks), busyMs };
    });
}
