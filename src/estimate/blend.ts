import { normalQuantile, type LogNormal } from '../base/log-normal.ts';
import { raised, type Belief } from './at-least.ts';
import { huberPull, huberWeight } from './huber.ts';

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
  /** The disk was full there, and no later build worked: the next one has to be given more. */
  readonly isFull?: boolean;
}

/** How a quantity behaves. */
export interface BlendRules {
  /** Standard deviation of builds of the same, before anything is seen. */
  readonly noiseSigma: number;
  /** What was measured did exist: only a value that is far too small is doubted, or a lone one that is absurdly large. */
  readonly believesLarge: boolean;
  /** Logarithm of a size that the package tells of itself: a lone build as large isn't absurd. */
  readonly told?: number | undefined;
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
 * standard deviations of what was to be expected, two by four and a half, three or more as far as they agree. Sizes may be
 * `LONE_LARGE` above it, or as far as another build confirms. After a full disk the median is at least `MORE_AFTER_FULL` of it,
 * and the upper value `UPPER_AFTER_FULL`, so that repeated builds come to what is needed in a few steps.
 * @param prior sigma: how far sources lie from it
 */
export function blend(prior: LogNormal, observations: readonly Observation[], rules: BlendRules): Blend {
  const priorVariance = Math.max(prior.sigma ** 2, TINY);
  const mean = Math.log(prior.median);
  if (observations.length === 0) return unseen(mean, priorVariance, rules);
  const held = heldBack(observations, mean, priorVariance, rules);
  const firm = shrink(
    mean,
    priorVariance,
    held.filter(({ isLeast }) => !isLeast),
  );
  const found = held
    .filter(({ isLeast }) => isLeast)
    // in the same order whatever that of the builds: after the largest, smaller ones hardly matter
    .sort((a, b) => b.value - a.value || a.variance - b.variance || b.weight - a.weight)
    .reduce<Belief>((belief, { value, variance, weight, isFull }) => {
      const most = isFull === true ? Infinity : (weight * huberPull(Infinity)) / Math.sqrt(variance);
      return raised(belief, value, variance / weight, most);
    }, firm);
  const full = held.reduce(
    (most, { isFull, value }) => (isFull === true ? Math.max(most, value) : most),
    -Infinity,
  );
  const center = Math.max(found.mean, full + MORE_AFTER_FULL);
  const sigma = Math.sqrt(found.variance + noiseVariance(center, held, rules));
  const upper = (full + UPPER_AFTER_FULL - center) / normalQuantile(0.9);
  return {
    predicted: { median: Math.exp(center), sigma: Math.max(sigma, upper) },
    ownShare: 1 - (1 - firm.ownShare) * (found.variance / firm.variance),
  };
}

/** What all the rest comes to, to the last bit, where there are no builds: of most units. */
function unseen(mean: number, priorVariance: number, { noiseSigma }: BlendRules): Blend {
  const noise = (noiseSigma ** 2 * NOISE_WORTH) / NOISE_WORTH;
  const sigma = Math.sqrt(1 / (1 / priorVariance) + noise);
  return { predicted: { median: Math.exp(mean), sigma }, ownShare: 0 };
}

const TINY = 1e-8;
/** How many standard deviations one, two builds may lie off. */
const REACH: readonly number[] = [3, 4.5];
/** A size so far above the prior may be real (openssl has ten times); what lies beyond waits for a second build. */
const LONE_LARGE = Math.log(40);
/** Builds confirm each other that lie so near. */
const NEAR = Math.log(2);
/** How many builds the noise that is expected is worth. */
const NOISE_WORTH = 8;
const MORE_AFTER_FULL = Math.log(1.2);
const UPPER_AFTER_FULL = Math.log(1.65);

/** Holds back what is too far from the prior to be believed of so few builds. */
function heldBack(
  observations: readonly Observation[],
  mean: number,
  priorVariance: number,
  { believesLarge, told = -Infinity }: BlendRules,
): readonly Observation[] {
  const reach = REACH[observations.filter(({ isLeast }) => !isLeast).length - 1] ?? Infinity;
  const [largest = mean, second = -Infinity] = observations.map(({ value }) => value).sort((a, b) => b - a);
  return observations.map((observation) => {
    const { value, variance, isLeast } = observation;
    const sigma = Math.sqrt(priorVariance + variance);
    const confirmed =
      Math.max(told, value === largest ? second : largest) + Math.max(NEAR, 3 * Math.sqrt(variance));
    const most = believesLarge
      ? Math.max(mean + Math.max(LONE_LARGE, 3 * sigma), confirmed)
      : mean + reach * sigma;
    const least = isLeast ? -Infinity : mean - reach * sigma;
    return { ...observation, value: Math.min(most, Math.max(least, value)) };
  });
}

interface Shrunk extends Belief {
  readonly ownShare: number;
}

/** The root of the pulls of prior and builds, which fall as the mean grows: halved down to the last bit. */
function shrink(priorMean: number, priorVariance: number, observations: readonly Observation[]): Shrunk {
  const pullAt = (mean: number): number =>
    observations.reduce(
      (sum, { value, variance, weight }) => {
        const sigma = Math.sqrt(variance);
        return sum + (weight / sigma) * huberPull((value - mean) / sigma);
      },
      (priorMean - mean) / priorVariance,
    );
  let low = Math.min(priorMean, ...observations.map(({ value }) => value));
  let high = Math.max(priorMean, ...observations.map(({ value }) => value));
  for (let mean = (low + high) / 2; mean > low && mean < high; mean = (low + high) / 2) {
    if (pullAt(mean) > 0) low = mean;
    else high = mean;
  }
  const own = observations.reduce(
    (sum, { value, variance, weight }) =>
      sum + (weight * huberWeight((value - low) / Math.sqrt(variance))) / variance,
    0,
  );
  const precision = 1 / priorVariance + own;
  return { mean: low, variance: 1 / precision, ownShare: own / precision };
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
