/** What is drawn for one task of one run, as the number of a sequence of its own: so none moves another. */
export const DRAW = { radius: 0, angle: 1, failure: 2, failureTime: 3 } as const;

const DRAWS = 4;

/**
 * A number, 0 < x < 1, that depends on these five alone: not on what was drawn before. So every policy meets the same build
 * times and failures in the same run, whatever order it builds in (common random numbers), and a difference between two
 * policies is not blurred by luck.
 * @param attempt 0, unless a task is drawn several times in a run
 * @see Law 2015, Simulation Modeling and Analysis, on common random numbers; Steele, Lea, Flood 2014 on the mixing
 */
export function drawAt(seed: number, run: number, task: number, draw: number, attempt = 0): number {
  let state = mix(seed | 0);
  state = mix(state ^ Math.imul(run + 1, 0x9e3779b9));
  state = mix(state ^ Math.imul(task + 1, 0x85ebca6b));
  state = mix(state ^ Math.imul(draw + DRAWS * attempt + 1, 0xc2b2ae35));
  return ((state >>> 0) + 0.5) / 4294967296;
}

/** Two independent standard normal numbers that depend on these three alone. @see Box & Muller 1958 */
export function normalPairAt(seed: number, run: number, task: number): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(drawAt(seed, run, task, DRAW.radius)));
  const angle = 2 * Math.PI * drawAt(seed, run, task, DRAW.angle);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function mix(state: number): number {
  let mixed = (state + 0x9e3779b9) | 0;
  mixed ^= mixed >>> 16;
  mixed = Math.imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
