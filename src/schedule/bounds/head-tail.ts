import { float64At } from '../../base/cells.ts';
import { ceilSafely, type BoundInput } from './bound.ts';
import { slotWork } from './energy.ts';
import { bySaving, relaxedTime } from './ram-disk.ts';

/** Cells that a head-tail bound may visit: all thresholds up to 1,400 tasks (pairs: 100), an even choice of them above. */
const SLOTS_BUDGET = 2_000_000;
const RAM_DISK_BUDGET = 1_000_000;

/**
 * Head-tail energy of the slots: for every head h and rest q, what starts at h or later and has q or more to follow must fit
 * between h and the end less q. O(tasks × thresholds)
 */
export function headTailSlotsBound(input: BoundInput): number {
  const { tasks, work, capacity, headMs, afterMs } = input;
  const byAfter = tasks.slice().sort((a, b) => float64At(afterMs, b) - float64At(afterMs, a) || a - b);
  let largestMs = 0;
  for (const fromHeadMs of thresholds(headMs, tasks, Math.ceil(SLOTS_BUDGET / (tasks.length + 1)))) {
    let totalMs = 0;
    for (const task of byAfter) {
      if (float64At(headMs, task) < fromHeadMs) continue;
      totalMs += slotWork(work, task);
      const boundMs = totalMs / capacity.slots;
      const windowMs = ceilSafely(boundMs, boundMs, tasks.length);
      largestMs = Math.max(largestMs, fromHeadMs + windowMs + float64At(afterMs, task));
    }
  }
  return largestMs;
}

/** The same windows with slots and RAM disk together, by mode relaxation. O(tasks × pairs of thresholds) */
export function headTailRamDiskBound(input: BoundInput): number {
  const { tasks, headMs, afterMs } = input;
  const order = bySaving(input);
  const count = Math.ceil(Math.sqrt(RAM_DISK_BUDGET / (tasks.length + 1)));
  const fromAfters = thresholds(afterMs, tasks, count);
  let largestMs = 0;
  for (const fromHeadMs of thresholds(headMs, tasks, count)) {
    for (const fromAfterMs of fromAfters) {
      const windowMs = relaxedTime(input, order, fromHeadMs, fromAfterMs);
      if (windowMs > 0) largestMs = Math.max(largestMs, fromHeadMs + windowMs + fromAfterMs);
    }
  }
  return largestMs;
}

/** The different values of a column, ascending: all of them, or `count` spread evenly over the tasks. */
function thresholds(column: Float64Array, tasks: Int32Array, count: number): readonly number[] {
  const values = Float64Array.from(tasks, (task) => float64At(column, task)).sort();
  const step = Math.max(1, values.length / count);
  const chosen = new Set<number>();
  if (new Set(values).size <= count) for (const value of values) chosen.add(value);
  else
    for (let index = 0; index < values.length; index += step)
      chosen.add(float64At(values, Math.floor(index)));
  return [...chosen];
}
