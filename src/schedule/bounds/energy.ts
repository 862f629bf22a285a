import { float64At } from '../../base/cells.ts';
import { ceilSafely, type BoundInput } from './bound.ts';
import type { WorkColumns } from './work.ts';

/** All slot time, at its least, divided by the slots. O(tasks) */
export function slotsBound({ tasks, work, capacity }: BoundInput): number {
  let totalMs = 0;
  for (const task of tasks) totalMs += slotWork(work, task);
  const boundMs = totalMs / capacity.slots;
  return ceilSafely(boundMs, boundMs, tasks.length);
}

/** All memory × time, at its least, divided by the memory. O(tasks) */
export function memoryBound({ tasks, work, capacity }: BoundInput): number {
  if (capacity.memoryBytes === Infinity || capacity.memoryBytes === 0) return 0;
  let totalByteMs = 0;
  for (const task of tasks) totalByteMs += float64At(work.memoryByteMs, task);
  const boundMs = totalByteMs / capacity.memoryBytes;
  return ceilSafely(boundMs, boundMs, tasks.length);
}

/** Slot time of a task in the mode that takes least. */
export function slotWork(work: WorkColumns, task: number): number {
  return Math.min(float64At(work.ramMs, task), float64At(work.diskMs, task));
}
