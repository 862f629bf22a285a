import type { PlanBuilder, PlanTask } from '../plan/plan.ts';
import { usageSteps } from '../plan/usage-steps.ts';

/**
 * A builder with at least what its builds really took together. More than the plan's limits is only found where clocks overlap by
 * a little, or where a node was larger than the plan's builder.
 */
export function widened(builder: PlanBuilder, slots: number, tasks: readonly PlanTask[]): PlanBuilder {
  const { memoryBytes, cores, ramDiskBytes, ramDiskChroots } = builder;
  const inRam = (task: PlanTask): number => (task.mode === 'ram' ? task.ramDiskBytes : 0);
  const jobs = tasks.map(({ makeJobs }) => makeJobs);
  return {
    ...builder,
    slots: Math.max(1, builder.slots, slots),
    ramDiskBytes: ramDiskChroots.length > 0 ? ramDiskBytes : Math.max(ramDiskBytes, most(tasks, inRam)),
    memoryBytes:
      memoryBytes === null
        ? null
        : Math.max(
            memoryBytes,
            most(tasks, (task) => task.memoryBytes + inRam(task)),
          ),
    diskSlots: Math.max(
      builder.diskSlots,
      most(tasks, ({ mode }) => (mode === 'disk' ? 1 : 0)),
    ),
    cores:
      cores === null
        ? null
        : Math.max(
            cores,
            most(tasks, ({ makeJobs }) => makeJobs),
          ),
    makeJobs: [...new Set([...builder.makeJobs, ...jobs])].sort((a, b) => a - b),
  };
}

/** The largest sum of an amount over builds that run at once. */
function most(tasks: readonly PlanTask[], amount: (task: PlanTask) => number): number {
  const amounts = tasks.map((task) => ({ ...task, mode: 'ram' as const, ramDiskBytes: amount(task) }));
  return usageSteps(amounts).reduce((largest, step) => Math.max(largest, step.ramDiskBytes), 0);
}
