/**
 * How much an observation counts that lies so many standard deviations off: 1 up to 1.5 of them, then less, so that its
 * pull stays what it is there. Monotone: what is larger never pulls less upwards.
 * @see Huber 1964, robust estimation of a location parameter
 */
export function huberWeight(deviation: number): number {
  const far = Math.abs(deviation);
  return far <= BEND ? 1 : BEND / far;
}

const BEND = 1.5;
