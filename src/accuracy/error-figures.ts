import { quantile } from '../base/quantile.ts';
import { fourDecimals } from '../base/ratio.ts';
import type { ErrorFigures } from './accuracy-document.ts';

/**
 * How far predictions are from what came, as factors, so that half as long and twice as long are equally wrong.
 * @param ratios actual over predicted, > 0; at least one
 */
export function errorFigures(ratios: readonly number[]): ErrorFigures {
  const logs = ratios.map(Math.log);
  const sizes = logs.map(Math.abs);
  return {
    builds: ratios.length,
    medianFactor: fourDecimals(Math.exp(quantile(sizes, 0.5))),
    factor90: fourDecimals(Math.exp(quantile(sizes, 0.9))),
    bias: fourDecimals(Math.exp(quantile(logs, 0.5))),
  };
}
