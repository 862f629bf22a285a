import { at } from '../base/column.ts';
import type { Placement } from '../dispatch/problem.ts';

/** Largest sum of RAM-disk bytes that the placements hold at one instant; a build that ends leaves before one starts. */
export function ramDiskPeak(
  placements: readonly Pick<Placement, 'task' | 'mode' | 'startMs' | 'endMs'>[],
  ramDiskBytes: Float64Array,
): number {
  const changes = placements
    .filter((placement) => placement.mode === 'ram')
    .flatMap(({ task, startMs, endMs }) => [
      { atMs: startMs, bytes: at(ramDiskBytes, task) },
      { atMs: endMs, bytes: -at(ramDiskBytes, task) },
    ])
    .sort((a, b) => a.atMs - b.atMs || a.bytes - b.bytes);
  let used = 0;
  let peak = 0;
  for (const change of changes) {
    used += change.bytes;
    peak = Math.max(peak, used);
  }
  return peak;
}
