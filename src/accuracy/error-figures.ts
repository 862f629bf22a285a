import { quantile } from '../base/quantile.ts';
import type { ErrorFigures } from './accuracy-document.ts';
import { rounded } from './rounded.ts';

/**
 * How far predictions are from what came, as factors, so that half as long and twice as long are equally wrong.
 * @param ratios actual over predicted, > 0; at least one
 */
export function errorFigures(ratios: readonly number[]): ErrorFigures {
  const logs = ratios.map(Math.log);
  const sizes = logs.map(Math.abs);
  return {
    builds: ratios.length,
    medianFactor: rounded(Math.exp(quantile(sizes, 0.5))),
    factor90: rounded(Math.exp(quantile(sizes, 0.9))),
    bias: rounded(Math.exp(quantile(logs, 0.5))),
  };
}
