import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { Plan } from '../../plan/plan.ts';
import { textTable } from '../text-table.ts';
import type { PooledPlan } from './make-pools.ts';

/** What pools there are and what they make of the plan, as lines of a comment: numbers and safe names only. */
export function describePools({ makespanMs }: Plan, pooled: PooledPlan): readonly string[] {
  const rows = pooled.pools.map(({ name, depth, taskCount, ramDiskBytes }) => [
    `  ${name}`,
    `${String(depth)} at once`,
    `of ${String(taskCount)}`,
    ramDiskBytes > 0 ? `up to ${formatBytes(ramDiskBytes)} of RAM disk each` : 'on disk',
  ]);
  const moved =
    pooled.movedCount === 0
      ? []
      : [
          `${String(pooled.movedCount)} builds that the plan has in RAM are built on disk: they would leave the others no room.`,
        ];
  return [
    'Pools keep the limits of each builder, whatever runs at once:',
    ...textTable(rows, [false, true, true, false]),
    `By the estimates of the plan that takes ${formatDuration(pooled.expectedMs)}; the plan itself takes ${formatDuration(makespanMs)}.`,
    ...moved,
  ];
}

/** Lines of a comment that starts with `#`. */
export function comment(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '#\n' : `# ${line}\n`)).join('');
}
