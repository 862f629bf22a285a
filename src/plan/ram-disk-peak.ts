import { float64At, int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { orderByFalling } from '../base/sort-by-key.ts';
import type { Placement } from '../dispatch/problem.ts';

/** Largest sum of RAM-disk bytes that the placements hold at one instant; a build that ends leaves before one starts. O(n) */
export function ramDiskPeak(
  placements: readonly Pick<Placement, 'task' | 'mode' | 'startMs' | 'endMs'>[],
  ramDiskBytes: Float64Array,
): number {
  const inRam = placements.filter((placement) => placement.mode === 'ram');
  const bytes = new Float64Array(inRam.map(({ task }) => at(ramDiskBytes, task)));
  const endMs = new Float64Array(inRam.map((placement) => placement.endMs));
  const byStart = orderByFalling(new Float64Array(inRam.map(({ startMs }) => -startMs)));
  const byEnd = orderByFalling(endMs.map((end) => -end));
  let used = 0;
  let peak = 0;
  let ended = 0;
  for (const starting of byStart) {
    const { startMs } = at(inRam, starting);
    while (ended < byEnd.length && float64At(endMs, int32At(byEnd, ended)) <= startMs)
      used -= float64At(bytes, int32At(byEnd, ended++));
    used += float64At(bytes, starting);
    peak = Math.max(peak, used);
  }
  return peak;
}
