/** What a bound may run out of. `renewable`: one of a standard instance's own; `disjoint`: tasks no two of which can overlap. */
export type ResourceKind =
  'slots' | 'ram-disk' | 'chroots' | 'memory' | 'cores' | 'disk-slots' | 'renewable' | 'disjoint';

/**
 * One resource as the energy bounds see it: whatever mode a task takes, it uses at least this much. Columns have one cell a
 * position of `BoundInput.tasks`.
 */
export interface BoundResource {
  /** What it is, or is made of: several where they are weighed against each other. */
  readonly kinds: readonly ResourceKind[];
  /** What there is at any time, > 0. */
  readonly capacity: number;
  /** Demand × time of the mode that takes least, over the shortest duration of all modes. */
  readonly rate: Float64Array;
  /** Whether some task has a mode that takes less than `rate` at a time, and longer: then it need not go on at that rate. */
  readonly isElastic: boolean;
}
