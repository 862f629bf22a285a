/** In the order in which they are asked. */
export const ESTIMATOR_NAMES = ['override', 'declared', 'history', 'prior', 'default'] as const;

/**
 * Who says how long a build takes or how much room it needs. `override`: `--estimates`; `declared`: the package's own
 * Build-Size; `history`: builds of the same source; `prior`: the features of the source; `default`: nothing is known.
 */
export type EstimatorName = (typeof ESTIMATOR_NAMES)[number];
