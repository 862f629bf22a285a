/**
 * Two schedules side by side: two plans, or two architectures of one. What differs, and why.
 * Times are integer milliseconds, sizes integer bytes; what the second has more is positive.
 */
export interface ComparisonDocument {
  readonly schema: typeof COMPARISON_SCHEMA;
  readonly sides: readonly [ComparisonSide, ComparisonSide];
}

export const COMPARISON_SCHEMA = 'debplan/comparison@1';

export interface ComparisonSide {
  /** The plan's file, or the architecture, that it is called by. */
  readonly label: string;
}
