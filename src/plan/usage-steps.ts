import { compareNumber } from '../base/compare.ts';
import type { PlanTask } from './plan.ts';

/** What builds take together, from this moment to the next step. */
export interface UsageStep {
  readonly atMs: number;
  readonly ramDiskBytes: number;
  readonly busySlots: number;
}

/**
 * How much of RAM disk and slots some tasks, usually those of one builder, take over time. A build that ends leaves before one
 * starts at the same moment.
 * @returns ascending; a step at 0 and at each moment at which something changes, the last with nothing in use. O(n log n)
 */
export function usageSteps(tasks: readonly PlanTask[]): readonly UsageStep[] {
  const changes = tasks.flatMap(({ startMs, durationMs, mode, ramDiskBytes }) => {
    const bytes = mode === 'ram' ? ramDiskBytes : 0;
    return [
      { atMs: startMs, bytes, slots: 1 },
      { atMs: startMs + durationMs, bytes: -bytes, slots: -1 },
    ];
  });
  changes.sort((a, b) => compareNumber(a.atMs, b.atMs));
  const steps: UsageStep[] = [];
  let step: UsageStep = { atMs: 0, ramDiskBytes: 0, busySlots: 0 };
  for (const { atMs, bytes, slots } of changes) {
    if (atMs > step.atMs) add(steps, step);
    step = { atMs, ramDiskBytes: step.ramDiskBytes + bytes, busySlots: step.busySlots + slots };
  }
  add(steps, step);
  return steps;
}

/** Unless nothing is different from the step before. */
function add(steps: UsageStep[], step: UsageStep): void {
  const last = steps.at(-1);
  if (last?.ramDiskBytes !== step.ramDiskBytes || last.busySlots !== step.busySlots) steps.push(step);
}
