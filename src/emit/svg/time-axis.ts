import { formatDuration } from '../../base/quantity.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances that people count in, ascending; above them: whole days, doubled. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
];

/**
 * Round moments from 0 to an end, ascending.
 * @param mostTicks how many there may be, the one at 0 left out
 */
export function timeTicks(endMs: number, mostTicks: number): readonly number[] {
  let stepMs = STEPS_MS.find((step) => endMs / step <= mostTicks) ?? DAY;
  while (endMs / stepMs > mostTicks) stepMs *= 2;
  return Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, index) => index * stepMs);
}

/** A moment or duration at a mark of an axis, no zeros behind it: `0`, `45s`, `15m`, `1h 30m`, `3h`. */
export function formatMark(ms: number): string {
  return ms === 0 ? '0' : formatDuration(ms).replace(/ 00[smh]$/, '');
}
