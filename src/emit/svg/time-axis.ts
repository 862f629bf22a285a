import { formatDuration } from '../../base/quantity.ts';
import { timeStep } from '../../base/time-steps.ts';

/**
 * Round moments from 0 to an end, ascending.
 * @param mostTicks how many there may be, the one at 0 left out
 */
export function timeTicks(endMs: number, mostTicks: number): readonly number[] {
  const stepMs = timeStep(endMs / mostTicks);
  return Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, index) => index * stepMs);
}

/** A moment or duration at a mark of an axis, no zeros behind it: `0`, `45s`, `15m`, `1h 30m`, `3h`. */
export function formatMark(ms: number): string {
  return ms === 0 ? '0' : formatDuration(ms).replace(/ 00[smh]$/, '');
}
