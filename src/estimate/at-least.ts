/** What is known of the logarithm of a quantity. */
export interface Belief {
  readonly mean: number;
  readonly variance: number;
}

/**
 * What is believed after one draw of the quantity turned out to be at least so large: mean and variance of the truncated
 * normal distribution.
 * @param noise variance of the draw around the quantity
 * @param most the mean moves by no more than so many times the variance
 * @see Minka 2001, on assumed-density filtering
 */
export function raised({ mean, variance }: Belief, least: number, noise: number, most: number): Belief {
  const sigma = Math.sqrt(variance + noise);
  const z = (least - mean) / sigma;
  const excess = hazardBeyond(z);
  const full = (z + excess) / sigma;
  if (!(full > 0)) return { mean, variance };
  const pull = Math.min(full, most);
  const narrowing = Math.min(1, Math.max(0, (z + excess) * excess));
  return {
    mean: mean + variance * pull,
    variance: variance * (1 - (variance / sigma ** 2) * narrowing * (pull / full)),
  };
}

/** The mean of a standard normal draw that is at least z, less z: by the continued fraction in the tail, else by the series. */
function hazardBeyond(z: number): number {
  if (z > TAIL) {
    let fraction = z;
    for (let term = TERMS; term > 1; term--) fraction = z + term / fraction;
    return 1 / fraction;
  }
  if (z < -NOTHING) return -z;
  const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  let power = z;
  for (let odd = 1; odd < TERMS * 2; odd += 2) {
    sum += power;
    power *= z ** 2 / (odd + 2);
  }
  return density / (0.5 - density * sum) - z;
}

const TAIL = 3;
const TERMS = 60;
/** So far below the mean a bound tells nothing that a double could hold. */
const NOTHING = 6;
