import { at } from '../base/column.ts';
import type { Placement, Problem } from '../dispatch/problem.ts';
import type { Violation } from './violation.ts';

interface Change {
  readonly atMs: number;
  /** +1 when a build starts, -1 when it ends. */
  readonly sign: number;
  readonly task: number;
  readonly ramDiskBytes: number;
  readonly memoryBytes: number;
}

/**
 * Sweeps over the starts and ends on each builder; ends give back before starts at the same instant take.
 * @returns one violation for each start that oversubscribes the RAM disk or the memory, by builder and time. O(n log n)
 */
export function findOverloads(problem: Problem, placements: readonly Placement[]): readonly Violation[] {
  const changesOf = problem.builders.map((): Change[] => []);
  for (const { task, builder, mode, startMs, endMs } of placements) {
    const ramDiskBytes = mode === 'ram' ? at(problem.ramDiskBytes, task) : 0;
    const memoryBytes = ramDiskBytes + at(problem.memoryBytes, task);
    at(changesOf, builder).push(
      { atMs: startMs, sign: 1, task, ramDiskBytes, memoryBytes },
      { atMs: endMs, sign: -1, task, ramDiskBytes, memoryBytes },
    );
  }
  return changesOf.flatMap((changes, builder) => sweep(problem, builder, changes));
}

function sweep(problem: Problem, builder: number, changes: readonly Change[]): readonly Violation[] {
  const { ramDiskBytes: ramDiskCapacity, memoryBytes: memoryCapacity } = at(problem.builders, builder);
  const violations: Violation[] = [];
  let ramDiskUsed = 0;
  let memoryUsed = 0;
  const ordered = [...changes].sort((a, b) => a.atMs - b.atMs || a.sign - b.sign || a.task - b.task);
  for (const { atMs, sign, task, ramDiskBytes, memoryBytes } of ordered) {
    ramDiskUsed += sign * ramDiskBytes;
    memoryUsed += sign * memoryBytes;
    if (sign < 0) continue;
    if (ramDiskUsed > ramDiskCapacity && ramDiskBytes > 0)
      violations.push({
        kind: 'ram-disk-exceeded',
        task,
        builder,
        atMs,
        usedBytes: ramDiskUsed,
        capacityBytes: ramDiskCapacity,
      });
    if (memoryUsed > memoryCapacity && memoryBytes > 0)
      violations.push({
        kind: 'memory-exceeded',
        task,
        builder,
        atMs,
        usedBytes: memoryUsed,
        capacityBytes: memoryCapacity,
      });
  }
  return violations;
}
