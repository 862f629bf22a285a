import type { Prior } from '../../src/internal.ts';
import type { Quantity } from './observations.ts';

/** Errors of one model on figures of sources that it was not fitted to. */
export interface PriorErrors {
  readonly quantity: Quantity;
  readonly knows: Prior['knows'];
  /** A dataset; `same version`: all figures whose tarball's size is within 15 % of the features'; or `all`. */
  readonly figures: string;
  readonly count: number;
  /** Half of the figures are within this factor of the median predicted, and 90 % within `factor90`. */
  readonly medianFactor: number;
  readonly factor90: number;
  /** The share of figures below the 90 % upper bound. */
  readonly coverage: number;
}
