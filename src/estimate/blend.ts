import type { LogNormal } from '../base/log-normal.ts';
import { huberWeight } from './huber.ts';

/** What one build says of a quantity of a unit, on the logarithmic scale. */
export interface Observation {
  /** Natural logarithm of the quantity, brought to the unit's circumstances. */
  readonly value: number;
  /** Variance of it: noise, version distance, another architecture, …; > 0. */
  readonly variance: number;
  /** 0 .. 1: older builds weigh less. */
  readonly weight: number;
  /** The quantity was at least that: a build that failed, or whose disk was full. */
  readonly isLeast: boolean;
}

/** How a quantity behaves. */
export interface BlendRules {
  /** Standard deviation of builds of the same, before anything is seen. */
  readonly noiseSigma: number;
  /** What was measured did exist, however large: only a value that is far too small is doubted. */
  readonly believesLarge: boolean;
}

export interface Blend {
  /** What the next build takes: the uncertainty of the median and the noise of one build together. */
  readonly predicted: LogNormal;
  /** How much of the median own builds decide, 0 .. 1; the rest is the prior's. */
  readonly ownShare: number;
}

/**
 * Blends what is known of all sources with the builds of one, by their variances: log-normal shrinkage. A build far from
 * the others pulls no more than one 1.5 standard deviations off (`huberWeight`); a lone one may move the prior by three
 * standard deviations of what was to be expected, two by four and a half, three or more as far as they agree.
 * @param prior sigma: how far sources lie from it
 */
export function blend(prior: LogNormal, observations: readonly Observation[], rules: BlendRules): Blend {
  const priorVariance = Math.max(prior.sigma ** 2, TINY);
  const mean = Math.log(prior.median);
  const firm = clipped(
    observations.filter(({ isLeast }) => !isLeast),
    mean,
    priorVariance,
    rules,
  );
  const first = shrink(mean, priorVariance, firm);
  // at least that much: says something only where it is more than was expected
  const least = observations.filter(({ isLeast, value }) => isLeast && value > first.mean);
  const all = least.length === 0 ? firm : [...firm, ...clipped(least, mean, priorVariance, rules)];
  const found = least.length === 0 ? first : shrink(mean, priorVariance, all);
  const noise = noiseVariance(found.mean, all, rules);
  return {
    predicted: { median: Math.exp(found.mean), sigma: Math.sqrt(found.variance + noise) },
    ownShare: found.ownShare,
  };
}

const TINY = 1e-8;
const ROUNDS = 12;
/** How many standard deviations one, two builds may lie off. */
const REACH: readonly number[] = [3, 4.5];
/** How many builds the noise that is expected is worth. */
const NOISE_WORTH = 8;

function clipped(
  observations: readonly Observation[],
  mean: number,
  priorVariance: number,
  { believesLarge }: BlendRules,
): readonly Observation[] {
  const reach = REACH[observations.length - 1];
  if (reach === undefined) return observations;
  return observations.map((observation) => {
    const far = reach * Math.sqrt(priorVariance + observation.variance);
    const most = believesLarge ? Infinity : mean + far;
    return { ...observation, value: Math.min(most, Math.max(mean - far, observation.value)) };
  });
}

interface Shrunk {
  readonly mean: number;
  readonly variance: number;
  readonly ownShare: number;
}

function shrink(priorMean: number, priorVariance: number, observations: readonly Observation[]): Shrunk {
  let mean = priorMean;
  let own = 0;
  for (let round = 0; round < ROUNDS; round++) {
    own = 0;
    let sum = 0;
    for (const { value, variance, weight } of observations) {
      // the first round counts all alike: the loss is convex, so every start leads to the same place
      const robust = round === 0 ? 1 : huberWeight((value - mean) / Math.sqrt(variance));
      own += (weight * robust) / variance;
      sum += ((weight * robust) / variance) * value;
    }
    mean = (priorMean / priorVariance + sum) / (1 / priorVariance + own);
  }
  const precision = 1 / priorVariance + own;
  return { mean, variance: 1 / precision, ownShare: own / precision };
}

/** Noise as seen in the builds, shrunk to what is expected. */
function noiseVariance(
  mean: number,
  observations: readonly Observation[],
  { noiseSigma }: BlendRules,
): number {
  let seen = NOISE_WORTH;
  let count = NOISE_WORTH;
  for (const { value, variance, weight, isLeast } of observations) {
    if (isLeast) continue;
    seen += weight * Math.min(9, (value - mean) ** 2 / variance);
    count += weight;
  }
  return (noiseSigma ** 2 * seen) / count;
}
