export const SIMULATION_SCHEMA = 'debplan/simulation@1';

/** What `debplan simulate --json` prints: policies on the builds of one plan. Times are integer ms. */
export interface SimulationDocument {
  readonly schema: typeof SIMULATION_SCHEMA;
  readonly plan: {
    /** As it was named; no path. */
    readonly name: string;
    readonly sha256: string;
    readonly builds: number;
    readonly builders: number;
    readonly makespanMs: number;
    readonly lowerBoundMs: number;
  };
  readonly seed: number;
  /** Probability that an attempt to build fails. */
  readonly failRate: number;
  /** How often a build that has failed is tried again. */
  readonly retries: number;
  /** One for each jitter, as asked for. */
  readonly results: readonly SimulationResult[];
}

export interface SimulationResult {
  /** Standard deviation of the logarithm of durations; their factor has mean 1. `estimates`: each build's own. */
  readonly jitter: number | 'estimates';
  /** The same for what builds take of the RAM disk. */
  readonly sizeJitter: number | 'estimates';
  /** How many runs there were; 1 where nothing is left to chance. */
  readonly runs: number;
  /** The plan's own first, then as asked for. */
  readonly policies: readonly PolicyFigures[];
}

/** One policy over all runs; counts and shares are means a run. */
export interface PolicyFigures {
  readonly policy: string;
  readonly expectedMakespanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Slot-time that builds took, of all slots until the last end; 0 .. 1. */
  readonly slotUse: number;
  /** Byte-time of RAM disk that really held something; 0 .. 1. */
  readonly ramDiskUse: number;
  /** Slot-time that was idle on a builder although a ready build that ran there later would have fitted; the sum over slots. */
  readonly headOfLineMs: number;
  /** The same, of the time of all slots; 0 .. 1. */
  readonly headOfLineShare: number;
  /** Builds given up. */
  readonly failed: number;
  /** Builds that were never tried because something they need was given up. */
  readonly blocked: number;
  readonly failedAttempts: number;
  /** Builds that were killed because they needed more RAM disk than there was, and built again on disk. */
  readonly overruns: number;
  /** Makespan minus that of the plan's policy in the same run; null for that one. */
  readonly difference: PolicyDifference | null;
  /** By run. */
  readonly makespansMs: readonly number[];
}

export interface PolicyDifference {
  readonly meanMs: number;
  /** The interval that covers the true mean in 95 % of all cases; null for a single run. */
  readonly lowMs: number | null;
  readonly highMs: number | null;
}
