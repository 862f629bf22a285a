import { float64At } from '../base/cells.ts';
import type { Problem } from '../dispatch/problem.ts';
import { DRAW, drawAt, normalPairAt } from './noise.ts';

/** How far the builds of a run are from their estimates. */
export interface Noise {
  /**
   * Standard deviation of the logarithm of a duration; the factor is lognormal with mean 1. 0: as estimated. `estimates`: each
   * build's own, about its median.
   */
  readonly jitter: Jitter;
  /** The same for what a build takes of the RAM disk, about its median; independent of the duration. */
  readonly sizeJitter: Jitter;
  /** Probability that an attempt to build fails, each on its own; 0 .. 1. */
  readonly failRate: number;
  /** Integer. */
  readonly seed: number;
}

/** How far builds are from their estimates: one standard deviation for all, or as far as each estimate says. */
export type Jitter = number | 'estimates';

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
  const { medianRamDiskBytes, ramDiskSigma, durationSigma } = problem.spread;
  const durationMs = Float64Array.from(problem.durationMs);
  const ramDiskBytes = Float64Array.from(medianRamDiskBytes);
  if (jitter !== 0 || sizeJitter !== 0) {
    for (let task = 0; task < problem.taskCount; task++) {
      const [first, second] = normalPairAt(seed, run, task);
      const time = factorOf(jitter, durationSigma, task, first);
      const size = factorOf(sizeJitter, ramDiskSigma, task, second);
      durationMs[task] = Math.max(1, Math.round(float64At(durationMs, task) * time));
      ramDiskBytes[task] = Math.round(float64At(ramDiskBytes, task) * size);
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

/** With one standard deviation for all the factor's mean is 1, with each build's own its median. */
function factorOf(jitter: Jitter, sigma: Float64Array, task: number, normal: number): number {
  return jitter === 'estimates' ? Math.exp(float64At(sigma, task) * normal) : lognormal(jitter, normal);
}

/** exp(σz) has mean exp(σ²/2). */
function lognormal(sigma: number, normal: number): number {
  return Math.exp(sigma * normal - (sigma * sigma) / 2);
}
