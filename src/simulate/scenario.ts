import { float64At } from '../base/cells.ts';
import type { Problem } from '../dispatch/problem.ts';
import { DRAW, drawAt, normalPairAt } from './noise.ts';

/** How far the builds of a run are from their estimates. */
export interface Noise {
  /** Standard deviation of the logarithm of a duration; the factor is lognormal with mean 1. 0: as estimated. */
  readonly jitter: number;
  /** The same for what a build takes of the RAM disk; independent of the duration. */
  readonly sizeJitter: number;
  /** Probability that an attempt to build fails, each on its own; 0 .. 1. */
  readonly failRate: number;
  /** Integer. */
  readonly seed: number;
}

/** What the builds of one run really do: the same for every policy. */
export interface Scenario {
  readonly noise: Noise;
  readonly run: number;
  /** The problem with real durations and footprints; who dispatches knows the estimated ones only. */
  readonly real: Problem;
}

/** Draws one run. O(tasks) */
export function drawScenario(problem: Problem, noise: Noise, run: number): Scenario {
  const { jitter, sizeJitter, seed } = noise;
  const durationMs = Float64Array.from(problem.durationMs);
  const ramDiskBytes = Float64Array.from(problem.ramDiskBytes);
  if (jitter > 0 || sizeJitter > 0) {
    for (let task = 0; task < problem.taskCount; task++) {
      const [first, second] = normalPairAt(seed, run, task);
      durationMs[task] = Math.max(1, Math.round(float64At(durationMs, task) * lognormal(jitter, first)));
      ramDiskBytes[task] = Math.round(float64At(ramDiskBytes, task) * lognormal(sizeJitter, second));
    }
  }
  return { noise, run, real: { ...problem, durationMs, ramDiskBytes } };
}

/**
 * The part of its duration after which an attempt fails, evenly drawn; Infinity: it does not fail.
 * @param attempt how many attempts of the task have failed before
 */
export function failureAt(
  { noise: { seed, failRate }, run }: Scenario,
  task: number,
  attempt: number,
): number {
  if (failRate === 0 || drawAt(seed, run, task, DRAW.failure, attempt) >= failRate) return Infinity;
  return drawAt(seed, run, task, DRAW.failureTime, attempt);
}

/** exp(σz) has mean exp(σ²/2). */
function lognormal(sigma: number, normal: number): number {
  return Math.exp(sigma * normal - (sigma * sigma) / 2);
}
