import { at } from '../base/column.ts';
import type { Builder, Placement, Problem } from '../dispatch/problem.ts';
import type { Violation } from './violation.ts';

interface Change {
  readonly atMs: number;
  /** +1 when a build starts, -1 when it ends. */
  readonly sign: number;
  readonly task: number;
  /** One cell a resource. */
  readonly demand: readonly number[];
}

/** What several builds share, in the order of the cells of `Change.demand`. */
const KINDS = ['ram-disk-exceeded', 'memory-exceeded', 'disk-slots-exceeded', 'cores-exceeded'] as const;

/**
 * Sweeps over the starts and ends on each builder; ends give back before starts at the same instant take.
 * @returns one violation for each start that oversubscribes the RAM disk (where it is a budget), the memory, the disk or the
 *   processors, by builder and time. O(n log n)
 */
export function findOverloads(problem: Problem, placements: readonly Placement[]): readonly Violation[] {
  const changesOf = problem.builders.map((): Change[] => []);
  for (const { task, builder, mode, makeJobs, startMs, endMs } of placements) {
    if (endMs <= startMs) continue;
    const inRamBytes = mode === 'ram' ? at(problem.ramDiskBytes, task) : 0;
    const isOnDisk = mode === 'disk' ? 1 : 0;
    const demand = [inRamBytes, inRamBytes + at(problem.memoryBytes, task), isOnDisk, makeJobs];
    at(changesOf, builder).push(
      { atMs: startMs, sign: 1, task, demand },
      { atMs: endMs, sign: -1, task, demand },
    );
  }
  return changesOf.flatMap((changes, builder) => sweep(at(problem.builders, builder), builder, changes));
}

function sweep(builder: Builder, index: number, changes: readonly Change[]): readonly Violation[] {
  // Fixed chroots are looked at one by one.
  const ramDiskBytes = builder.ramDiskChroots.length > 0 ? Infinity : builder.ramDiskBytes;
  const capacities = [ramDiskBytes, builder.memoryBytes, builder.diskSlots, builder.cores];
  const violations: Violation[] = [];
  const used = [0, 0, 0, 0];
  const ordered = [...changes].sort((a, b) => a.atMs - b.atMs || a.sign - b.sign || a.task - b.task);
  for (const { atMs, sign, task, demand } of ordered) {
    KINDS.forEach((kind, resource) => {
      const amount = at(demand, resource);
      const total = at(used, resource) + sign * amount;
      used[resource] = total;
      const capacity = at(capacities, resource);
      if (sign > 0 && amount > 0 && total > capacity)
        violations.push({ kind, task, builder: index, atMs, used: total, capacity });
    });
  }
  return violations;
}
