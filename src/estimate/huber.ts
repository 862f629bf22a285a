/**
 * How much an observation counts that lies so many standard deviations off: 1 up to 1.5 of them, then less, so that its
 * pull stays what it is there. Monotone: what is larger never pulls less upwards.
 * @see Huber 1964, robust estimation of a location parameter
 */
export function huberWeight(deviation: number): number {
  const far = Math.abs(deviation);
  return far <= BEND ? 1 : BEND / far;
}

/** How hard an observation pulls that lies so many standard deviations off: as far as it lies, but no more than 1.5. */
export function huberPull(deviation: number): number {
  return Math.min(BEND, Math.max(-BEND, deviation));
}

const BEND = 1.5;
