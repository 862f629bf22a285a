import { normalQuantile, quantileOf, type LogNormal } from '../base/log-normal.ts';
import { fourDecimals } from '../base/ratio.ts';
import type { BinomialShare, Calibration } from './accuracy-document.ts';

/** What is checked of every distribution: the median, and what plans reserve or promise. */
const LEVELS: readonly number[] = [0.5, 0.8, 0.9, 0.95, 0.99];

/** How many builds took no more than each quantile of what was predicted for them; no rows of no builds. */
export function calibrate(
  trials: readonly { readonly predicted: LogNormal; readonly actual: number }[],
): readonly Calibration[] {
  if (trials.length === 0) return [];
  return LEVELS.map((level) => {
    const within = trials.filter(
      ({ predicted, actual }) => actual <= Math.ceil(quantileOf(predicted, level)),
    ).length;
    return { level, builds: trials.length, within, ...binomialShare(within, trials.length) };
  });
}

/**
 * A share, and which true shares go well with it.
 * @param total > 0
 * @see Wilson 1927, the score interval; it holds for few trials and for shares near 0 and 1
 */
export function binomialShare(hits: number, total: number): BinomialShare {
  const z = normalQuantile(0.975);
  const share = hits / total;
  const weight = z ** 2 / total;
  const middle = (share + weight / 2) / (1 + weight);
  const half = (Math.sqrt((share * (1 - share)) / total + weight / (4 * total)) * z) / (1 + weight);
  return {
    share: fourDecimals(share),
    low: fourDecimals(Math.max(0, middle - half)),
    high: fourDecimals(Math.min(1, middle + half)),
  };
}
