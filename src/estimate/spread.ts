/** How far a source was from its prior, and the variance of that if the prior is right about its sigma. */
export interface SpreadSample {
  readonly mean: number;
  readonly variance: number;
}

/** How many sources the prior's word is worth. */
const WORTH = 20;
/** No source counts as farther off than three standard deviations. */
const MOST = 9;

/** How far sources lie from their prior, over how far it says: 1 without samples. */
export function learnSpread(samples: readonly SpreadSample[]): number {
  const squares = samples.reduce(
    (sum, { mean, variance }) => sum + Math.min(MOST, mean ** 2 / variance),
    WORTH,
  );
  return Math.sqrt(squares / (WORTH + samples.length));
}
