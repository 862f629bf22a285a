import type { CheckedCondition } from '../compare/comparison-document.ts';
import type { Jitter } from '../simulate/scenario.ts';

export const BENCH_SCHEMA = 'debplan/bench@1';

/** What a bench may be held against: the last comparable one, or the best or the median of the last ones. */
export const AGAINST = ['last', 'best', 'median'] as const;

export type Against = (typeof AGAINST)[number];

/**
 * What `debplan bench --json` prints, and what a line of its history is: how good a plan is, by policies, builders, noise and
 * architectures. Times are integer ms, shares 0 .. 1 with six digits. But for `at` and processor times the same plan and options
 * give the same bytes.
 */
export interface BenchDocument {
  readonly schema: typeof BENCH_SCHEMA;
  /** When it was measured, as RFC 3339 in UTC; null where times were not wanted. */
  readonly at: string | null;
  readonly subject: BenchSubject;
  /** What must be the same where two measurements are compared: the plan's options, and how noise is drawn. */
  readonly settings: readonly BenchSetting[];
  /** What was built on: the plan's own builders first, then by name. Rows of sets that differ are not compared. */
  readonly builderSets: readonly BenchBuilderSet[];
  /** Processor time of planning, stage by stage; null: a plan was given, or times were not wanted. */
  readonly planning: readonly BenchStage[] | null;
  /** By builders, jitter, architecture (all of the plan first); in each the plan's own first, then the shortest. */
  readonly rows: readonly BenchRow[];
  /**
   * What `before` of the rows is taken from: comparable lines of the history that no condition refused, up to the one of this time; null:
   * there is none.
   */
  readonly against: {
    readonly by: Against;
    readonly at: string | null;
    readonly hasSameInputs: boolean;
  } | null;
  /** What was to be guarded against, for each row of the plan's own; in the order of the conditions, then rows. */
  readonly conditions: readonly BenchCondition[];
}

/** What is measured. */
export interface BenchSubject {
  /** The plan's file, or the inputs that it was made of, as they were named; no path. */
  readonly name: string;
  /** Of names and contents of all that the plan was made from. */
  readonly inputsSha256: string;
  readonly builds: number;
  readonly builders: number;
  /** Sorted. */
  readonly architectures: readonly string[];
}

export interface BenchSetting {
  /** As the command line calls it. */
  readonly name: string;
  readonly value: string;
}

export interface BenchBuilderSet {
  /** `plan`, or what it is called in `BenchRowKey.builders`. */
  readonly name: string;
  /** As `--builder` takes them, sizes in bytes; in the plan's order. */
  readonly builders: readonly string[];
}

export interface BenchStage {
  /** What was done: `reading`, `scheduling`, … */
  readonly stage: string;
  /** Processor time of all threads, user and system. */
  readonly cpuMs: number;
}

/** What tells a row from the others. */
export interface BenchRowKey {
  /** The set of builders: `plan`, or what else was asked for. */
  readonly builders: string;
  /** Standard deviation of the logarithm of durations; 0: everything as estimated. `estimates`: each build's own. */
  readonly jitter: Jitter;
  readonly sizeJitter: Jitter;
  /** What runs on builders of this architecture; null: all. */
  readonly arch: string | null;
  /** `plan`: as it is planned; under noise: by its rule. Else one of `CONTESTANTS`. */
  readonly policy: string;
}

/** The figures of a row; means where there are several runs. */
export interface BenchFigures {
  readonly makespanMs: number;
  /** 95 % of the runs end by then. */
  readonly p95Ms: number;
  /**
   * No schedule is shorter; under noise the mean of what none is shorter than that knows what each build will take. Null where builds
   * are given up: it is of all builds, and nothing that leaves some out can be held against it.
   */
  readonly lowerBoundMs: number | null;
  /** How far the makespan is above the bound; null: there is none. */
  readonly gap: number | null;
  /** Slot-time that builds took until the last end. */
  readonly slotUse: number;
  /** RAM disk that was reserved until the last end. */
  readonly ramUse: number;
  /** Builds given up and those that need them. */
  readonly givenUp: number;
  /** Processor time that the schedule took; null: not known, or not wanted. */
  readonly planningMs: number | null;
}

export interface BenchRow extends BenchRowKey, BenchFigures {
  /** 1 where nothing is left to chance. */
  readonly runs: number;
  /** The same row of the measurement that this one is compared with; null: it has none. */
  readonly before: BenchFigures | null;
}

/** A condition, and whether it is so in one row of the plan's own. */
export interface BenchCondition extends CheckedCondition, Omit<BenchRowKey, 'policy'> {}
