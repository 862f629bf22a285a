import { studentT } from '../results/student-t.ts';

/** How a figure grows: `y ≈ factor × x ^ exponent`. */
export interface Growth {
  readonly exponent: number;
  /** Half of the 95 % interval of the exponent; undefined with fewer than three points. */
  readonly spread: number | undefined;
}

/**
 * Least squares on the logarithms of both.
 * @param points all greater than 0; at least two different `x`
 * @throws Error when there are fewer
 */
export function fitExponent(points: readonly (readonly [x: number, y: number])[]): Growth {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  let squares = 0;
  let products = 0;
  for (const [x, y] of logs) {
    squares += (x - meanX) ** 2;
    products += (x - meanX) * (y - meanY);
  }
  if (!(squares > 0)) throw new Error('growth needs two sizes at least');
  const exponent = products / squares;
  const freedom = logs.length - 2;
  if (freedom < 1) return { exponent, spread: undefined };
  const rest = logs.reduce((sum, [x, y]) => sum + (y - meanY - exponent * (x - meanX)) ** 2, 0);
  return { exponent, spread: studentT(freedom) * Math.sqrt(rest / freedom / squares) };
}
