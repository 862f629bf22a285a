import { at } from '../base/column.ts';
import { float64At } from '../base/cells.ts';
import type { Placement } from '../dispatch/problem.ts';
import type { ReportBuilder } from './report-data.ts';

/**
 * What a builder's placements use, moment by moment; moments that change nothing are left out.
 * @param placements all of one builder, by start; none has negative times
 * @param ramDiskBytes one cell a task
 * @returns at least one step, of which the first is at 0 and the last uses nothing. O(n log n)
 */
export function usageSteps(
  placements: readonly Placement[],
  ramDiskBytes: Float64Array,
): ReportBuilder['usage'] {
  const byEnd = [...placements].sort((a, b) => a.endMs - b.endMs);
  const atMs: number[] = [];
  const bytes: number[] = [];
  const slots: number[] = [];
  const demand = ({ task, mode }: Placement): number => (mode === 'ram' ? float64At(ramDiskBytes, task) : 0);
  let nowMs = 0;
  let usedBytes = 0;
  let busySlots = 0;
  for (let started = 0, ended = 0; ;) {
    for (; ended < byEnd.length && at(byEnd, ended).endMs <= nowMs; ended++) {
      usedBytes -= demand(at(byEnd, ended));
      busySlots--;
    }
    for (; started < placements.length && at(placements, started).startMs <= nowMs; started++) {
      usedBytes += demand(at(placements, started));
      busySlots++;
    }
    if (atMs.length === 0 || bytes.at(-1) !== usedBytes || slots.at(-1) !== busySlots) {
      atMs.push(nowMs);
      bytes.push(usedBytes);
      slots.push(busySlots);
    }
    if (ended === byEnd.length) break;
    nowMs = Math.min(at(byEnd, ended).endMs, placements[started]?.startMs ?? Infinity);
  }
  return {
    atMs: Float64Array.from(atMs),
    ramDiskBytes: Float64Array.from(bytes),
    busySlots: Uint16Array.from(slots),
  };
}
