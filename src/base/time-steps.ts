export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Distances between marks of a time axis that people count in, ascending. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
];

/** The shortest distance that people count in and that is no shorter than asked for; of days: whole ones, doubled. */
export function timeStep(leastMs: number): number {
  const step = STEPS_MS.find((ms) => ms >= leastMs);
  if (step !== undefined) return step;
  let days = DAY_MS;
  while (days < leastMs) days *= 2;
  return days;
}
