import type { Plan, PlanBreak, PlanBuilder, PlanChainLink, PlanTask, PlanUnbuildable } from '../plan/plan.ts';

export const COMPARISON_SCHEMA = 'debplan/comparison@1';

/**
 * Two schedules side by side: two plans, or two architectures. What differs, and why. Times are integer milliseconds,
 * sizes integer bytes, shares 0 .. 1. A pair holds what is on the left and what is on the right; differences are right
 * minus left. Lists hold all that differs and nothing that doesn't; what differs most comes first where that is said,
 * so a reader may cut them off: `counts` has the totals.
 */
export interface ComparisonDocument {
  readonly schema: typeof COMPARISON_SCHEMA;
  /**
   * `plans`: units are the same when source, layer, build type, stage and architecture are. `architectures`: whatever the
   * architecture is; units that are `Architecture: all` belong to both sides, their load to where they are built.
   */
  readonly kind: 'plans' | 'architectures';
  /** Whether the schedules are alike: nothing below differs but, maybe, settings and inputs. */
  readonly isSame: boolean;
  readonly sides: Pair<ComparisonSide>;
  /** All metrics, in the order of `METRICS`. */
  readonly metrics: readonly ComparedMetric[];
  /** Options and builders of the two plans that differ, no results; in the plan's order; of one plan's architectures none. */
  readonly settings: readonly ComparedSetting[];
  /** Input files that only one plan has, or that have other contents; sorted by name. */
  readonly inputs: readonly ComparedInput[];
  readonly counts: ComparisonCounts;
  /** Units that only one side builds, and why the other doesn't; sorted by unit, then version. */
  readonly lone: readonly LoneUnit[];
  /** Units on both sides that are not planned alike; the one whose start moved farthest first. */
  readonly changed: readonly ChangedUnit[];
  /** What a unit of both sides waits for on one side only, though the other builds that too; sorted by unit, then needed. */
  readonly edges: readonly LoneEdge[];
  /** What one side doesn't wait for, between units of both sides, and the other does or opens otherwise; sorted. */
  readonly breaks: readonly ComparedBreak[];
  /** Units that neither side builds, for different reasons; sorted by unit. */
  readonly leftOut: readonly ComparedLoss[];
  /** The conditions that were to be checked, as they were given; none in a report. */
  readonly conditions: readonly CheckedCondition[];
}

/** Left and right. */
export type Pair<T> = readonly [T, T];

export type SideIndex = 0 | 1;

export interface ComparisonSide {
  /** Whether this is not what is planned, but what took place when a plan was run. */
  readonly hasRun: boolean;
  /** What it is called: the plan's file, or the architecture, or both where that is needed to tell them apart. */
  readonly label: string;
  /** As the file was named; no absolute path. */
  readonly plan: string;
  /** The architecture that is compared; null: all of the plan. */
  readonly arch: string | null;
  /** The builders that are compared: the architecture's, or all. */
  readonly builders: readonly PlanBuilder[];
  readonly lowerBoundName: string;
  /**
   * The tasks whose ends and starts join up to the last end, first to last; of an architecture: up to the last end on its
   * builders, through those of others where they are waited for.
   */
  readonly criticalChain: readonly ComparedLink[];
}

export interface ComparedLink {
  /** What the unit is called on both sides. */
  readonly unit: string;
  readonly id: string;
  readonly waitedFor: PlanChainLink['waitedFor'];
  readonly builder: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** Whether it is on the other side's chain too. */
  readonly isCommon: boolean;
}

/** What a metric counts in. */
export type MetricUnit = 'ms' | 'bytes' | 'share' | 'count';

export interface ComparedMetric {
  /** Kebab-case, as in `--fail-if`: a key of `METRICS`. */
  readonly name: string;
  readonly unit: MetricUnit;
  /** Which side is better where all else is equal; null: neither. */
  readonly better: 'less' | 'more' | null;
  /** What it says, in a few words. */
  readonly describe: string;
  readonly values: Pair<number>;
  /** Right minus left. */
  readonly difference: number;
}

export interface ComparedSetting {
  /** As the command line calls it: `profiles`, `effort`; `builder x86-1`, and `builder x86-1: ram-disk` for what differs in one. */
  readonly name: string;
  /** For people: `nocheck`, `32GiB`; a builder as `--builder` takes it; null where that side doesn't have it. */
  readonly values: Pair<string | null>;
}

export interface ComparedInput {
  readonly name: string;
  /** Null where that side didn't read it. */
  readonly sha256: Pair<string | null>;
}

export interface ComparisonCounts {
  /** Units on each side; they are in `both` or lone. */
  readonly units: Pair<number>;
  readonly both: number;
  /** Of `both`: one build that serves both architectures. */
  readonly shared: number;
  readonly lone: Pair<number>;
  /** Of `both`: how many changed at all, and in what; the keys are those of `ChangedUnit.changes`. */
  readonly changed: number;
  readonly changes: Readonly<Record<UnitChange, number>>;
  readonly edges: Pair<number>;
  readonly breaks: number;
  /** Units on both critical chains. */
  readonly chainCommon: number;
}

/** What can differ between two builds of a unit. `builder`: of two architectures only where both run on the same one. */
export type UnitChange =
  | 'version'
  | 'position'
  | 'start'
  | 'duration'
  | 'mode'
  | 'builder'
  | 'make-jobs'
  | 'ram-disk'
  | 'duration-estimate'
  | 'ram-disk-estimate';

export interface LoneUnit {
  /** `layer/build type/source`, with the architecture where plans are compared, and the stage. */
  readonly unit: string;
  /** The side that builds it. */
  readonly side: SideIndex;
  readonly task: ComparedTask;
  /** Why the other side doesn't. */
  readonly why: LoneReason;
}

export interface LoneReason {
  /**
   * A kind of the other plan's `unbuildable`, or `arch-not-planned`, `other-version`, `other-layer`, `other-halves` (its
   * architecture-dependent and independent halves are built together there, or apart), `stage` (the unit is built once
   * there, without a first build or a rebuild), `not-selected`, `not-read` (the plans read different inputs), `unknown`.
   */
  readonly kind: PlanUnbuildable['kind'] | LoneKind;
  /** In words: lower case, no full stop. */
  readonly reason: string;
}

export type LoneKind =
  | 'arch-not-planned'
  | 'other-version'
  | 'other-layer'
  | 'other-halves'
  | 'stage'
  | 'not-selected'
  | 'not-read'
  | 'unknown';

export interface ChangedUnit {
  readonly unit: string;
  readonly tasks: Pair<ComparedTask>;
  /** Right minus left. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly position: number;
  /** Not empty, in the order of `UnitChange`. */
  readonly changes: readonly UnitChange[];
}

/** One side's build of a unit. */
export interface ComparedTask extends Pick<
  PlanTask,
  | 'id'
  | 'version'
  | 'builder'
  | 'mode'
  | 'makeJobs'
  | 'startMs'
  | 'durationMs'
  | 'ramDiskBytes'
  | 'estimatedBy'
  | 'critical'
> {
  /** 1, 2, … in the order of starts, ties by id, among the units of the side that are on both. Of a lone unit: 0. */
  readonly position: number;
}

export interface LoneEdge {
  readonly unit: string;
  /** What it waits for. */
  readonly needs: string;
  /** The side that has the edge. */
  readonly side: SideIndex;
  /** The break that takes it from the other side; null: that side's unit doesn't need it at all. */
  readonly brokenBy: PlanBreak['kind'] | null;
}

export interface ComparedBreak {
  readonly unit: string;
  /** What it doesn't wait for. */
  readonly needs: string;
  /** Null where that side has no such break. */
  readonly breaks: Pair<Pick<PlanBreak, 'kind' | 'reason' | 'servedBy' | 'profile'> | null>;
}

export interface ComparedLoss {
  readonly unit: string;
  readonly reasons: Pair<Pick<PlanUnbuildable, 'kind' | 'reason'>>;
}

/** A condition such as `makespan>+5%`, and whether it is so. */
export interface CheckedCondition {
  /** As it was given. */
  readonly condition: string;
  readonly metric: string;
  /** Whether the condition is met: what was to be guarded against has happened. */
  readonly isMet: boolean;
  /** `makespan: 2h 05m (before.json), 2h 20m (after.json): +12.0 %, +15m 00s; must not be >+5%`. */
  readonly message: string;
}

/** A plan with what it is called. */
export interface NamedPlan {
  readonly label: string;
  readonly plan: Plan;
}
