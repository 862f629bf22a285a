/** A mean with the interval that covers the true one in 95 % of all cases. */
export interface MeanInterval {
  readonly mean: number;
  /** Null with fewer than two values. */
  readonly low: number | null;
  readonly high: number | null;
}

/** 0 of no values. */
export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean and interval by Student's t; for differences of pairs the paired t-test. */
export function meanInterval(values: readonly number[]): MeanInterval {
  const mean = meanOf(values);
  const freedom = values.length - 1;
  if (freedom < 1) return { mean, low: null, high: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = tQuantile(freedom) * Math.sqrt(squares / freedom / values.length);
  return { mean, low: mean - half, high: mean + half };
}

/** 97.5 % quantile of Student's t, for 1, 2, … degrees of freedom: from a table, then by expansion, right to 0.001. */
function tQuantile(freedom: number): number {
  const known = T_TABLE[freedom - 1];
  if (known !== undefined) return known;
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}

const T_TABLE: readonly number[] = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706];
