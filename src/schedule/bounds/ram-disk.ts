import { float64At } from '../../base/cells.ts';
import { ceilSafely, type BoundInput } from './bound.ts';

/**
 * Mode relaxation: each task, or any part of it, takes either RAM disk × time or the longer slot time on disk. The bound is the
 * shortest time in which both RAM disk and slots suffice for some mix; the greedy mix (most slot time saved for each byte × ms
 * first) is the best one. O(tasks log tasks)
 */
export function ramDiskBound(input: BoundInput): number {
  return relaxedTime(input, bySaving(input), -Infinity, -Infinity);
}

/** Tasks by falling slot time that RAM saves for each byte × ms it takes: the order in which a fractional mix puts them into RAM. */
export function bySaving(input: BoundInput): Int32Array {
  const { tasks, work, ramDiskBytes } = input;
  const saving = new Float64Array(work.ramMs.length);
  for (const task of tasks) {
    const savedMs = float64At(work.diskMs, task) - float64At(work.ramMs, task);
    // Zero bytes save for free; what RAM does not admit or does not speed up comes last and stays on disk.
    saving[task] = savedMs > 0 ? savedMs / (float64At(ramDiskBytes, task) * float64At(work.ramMs, task)) : -1;
  }
  return tasks.slice().sort((a, b) => compareFalling(float64At(saving, a), float64At(saving, b)) || a - b);
}

/**
 * The mode relaxation of the tasks with `head ≥ fromHeadMs` and `after ≥ fromAfterMs` alone.
 * @param order from `bySaving`
 * @returns integer ms. O(tasks)
 */
export function relaxedTime(
  input: BoundInput,
  order: Int32Array,
  fromHeadMs: number,
  fromAfterMs: number,
): number {
  const { work, capacity, ramDiskBytes, headMs, afterMs } = input;
  let onDiskMs = 0;
  for (const task of order) {
    if (float64At(headMs, task) >= fromHeadMs && float64At(afterMs, task) >= fromAfterMs)
      onDiskMs += float64At(work.diskMs, task);
  }
  const magnitudeMs = onDiskMs / capacity.slots;
  let slotMs = onDiskMs;
  let ramDiskByteMs = 0;
  for (const task of order) {
    if (float64At(headMs, task) < fromHeadMs || float64At(afterMs, task) < fromAfterMs) continue;
    const savedMs = float64At(work.diskMs, task) - float64At(work.ramMs, task);
    if (!(savedMs > 0)) break;
    const addedByteMs = float64At(ramDiskBytes, task) * float64At(work.ramMs, task);
    const slotTimeMs = slotMs / capacity.slots;
    const ramTimeMs = ramDiskByteMs / capacity.ramDiskBytes;
    const part = (slotTimeMs - ramTimeMs) / (addedByteMs / capacity.ramDiskBytes + savedMs / capacity.slots);
    if (part < 1)
      return ceilSafely(
        slotTimeMs - (Math.max(0, part) * savedMs) / capacity.slots,
        magnitudeMs,
        order.length,
      );
    slotMs -= savedMs;
    ramDiskByteMs += addedByteMs;
  }
  return ceilSafely(slotMs / capacity.slots, magnitudeMs, order.length);
}

function compareFalling(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}
