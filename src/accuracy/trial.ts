import type { LogNormal } from '../base/log-normal.ts';
import type { EstimatorName } from '../estimate/estimate.ts';
import type { BuildRecord } from '../history/record.ts';

/** One quantity of one build of the history, and what is estimated for it when that record isn't there. */
export interface Trial {
  readonly record: BuildRecord;
  /** Integer ms or bytes, > 0. */
  readonly actual: number;
  /** What a plan would go by, on the same builder in the same mode. */
  readonly predicted: LogNormal;
  /** Where most of it comes from. */
  readonly by: EstimatorName;
  /** What each estimator that knows anything says alone. */
  readonly alone: readonly { readonly estimator: EstimatorName; readonly predicted: LogNormal }[];
}
