/**
 * What is known of a quantity whose error is a factor: its logarithm is normally distributed.
 * A known value has `sigma` 0.
 */
export interface LogNormal {
  /** Half of all values lie below; > 0. */
  readonly median: number;
  /** Standard deviation of the natural logarithm; ≥ 0. */
  readonly sigma: number;
}

/**
 * The value that lies above the given share of all values.
 * @param share 0 < share < 1; 0.5 gives the median
 */
export function quantileOf({ median, sigma }: LogNormal, share: number): number {
  return sigma === 0 ? median : median * Math.exp(sigma * normalQuantile(share));
}

/** The `sigma` of a quantity of which 90 % lie below `upper`; 0 where nothing lies between the two. */
export function sigmaBetween(median: number, upper: number): number {
  return upper > median && median > 0 ? Math.log(upper / median) / UPPER_Z : 0;
}

/**
 * The standard normal distribution's quantile: absolute error below 1.2e-9 on (0, 1).
 * @see Acklam, An algorithm for computing the inverse normal cumulative distribution function (2003)
 */
export function normalQuantile(share: number): number {
  if (share <= 0) return -Infinity;
  if (share >= 1) return Infinity;
  if (share > 1 - TAIL) return -normalQuantile(1 - share);
  if (share < TAIL) {
    const q = Math.sqrt(-2 * Math.log(share));
    return polynomial(C, q) / (polynomial(D, q) * q + 1);
  }
  const q = share - 0.5;
  const r = q * q;
  return (polynomial(A, r) * q) / (polynomial(B, r) * r + 1);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** `normalQuantile(0.9)` */
const UPPER_Z = 1.2815515655446004;
const TAIL = 0.02425;
const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const B = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
];
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
