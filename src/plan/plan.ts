import type { FootprintParts } from '../estimate/estimate.ts';
import type { EstimatorName } from '../estimate/estimator-name.ts';

/**
 * The plan file: what every emitter, report, simulation and run reads, and nothing else. Times are integer milliseconds
 * from the plan's start, sizes integer bytes. Same inputs and options: same bytes, on any machine.
 */
export interface Plan {
  readonly schema: typeof PLAN_SCHEMA;
  /** Present where this is not what is planned, but what took place when a plan was run. */
  readonly ran?: PlanRan;
  /** Every file that was read, sorted by name; names are no absolute paths. */
  readonly inputs: readonly PlanInput[];
  readonly options: PlanRecordOptions;
  readonly builders: readonly PlanBuilder[];
  /** Sorted by architecture, then kind; every task stands in one. */
  readonly targets: readonly PlanTarget[];
  /** One row an architecture of the plan, sorted. */
  readonly architectures: readonly PlanArchitecture[];
  /** The tasks whose ends and starts join without a gap up to the makespan, first to last. */
  readonly criticalChain: readonly PlanChainLink[];
  /** Edges that the plan doesn't honour; sorted by `from`, then `to`. */
  readonly breaks: readonly PlanBreak[];
  /** What isn't in the plan, and why; sorted by source, architecture, unit. */
  readonly unbuildable: readonly PlanUnbuildable[];
  readonly makespanMs: number;
  /** No schedule of these tasks on these builders can be shorter. */
  readonly lowerBoundMs: number;
  /** The bound that gives `lowerBoundMs`. */
  readonly lowerBoundName: string;
  /** What would have to change for a shorter plan to be possible. */
  readonly lowerBoundBinding: PlanBinding;
}

/** The run that a document tells of. */
export interface PlanRan {
  /** Base name of the plan file. */
  readonly plan: string;
  /** Attempts that were begun, built or not. */
  readonly attempts: number;
  /** Time in which nobody ran it, between its being stopped and resumed: left out of all times. */
  readonly pausedMs: number;
}

/** What the lower bound comes from. */
export type PlanBinding =
  /** Tasks each of which needs the one before, first to last. */
  | { readonly kind: 'chain'; readonly tasks: readonly string[] }
  /** What must run between two moments takes all of these resources of an architecture's builders, weighed against each other. */
  | {
      readonly kind: 'window';
      readonly arch: string;
      readonly resources: readonly PlanBindingResource[];
      readonly fromMs: number;
      readonly untilMs: number;
      /** At least so many large builds can't be built in the RAM disk (the last of the resources) before then. */
      readonly spilledCount?: number;
    }
  /** No single window: needs and resources together. */
  | { readonly kind: 'together'; readonly arch: string; readonly resources: readonly PlanBindingResource[] };

export type PlanBindingResource =
  'slots' | 'ram-disk' | 'chroots' | 'memory' | 'cores' | 'disk-slots' | 'renewable' | 'disjoint';

export const PLAN_SCHEMA = 'debplan/plan@1';

export interface PlanInput {
  readonly name: string;
  readonly sha256: string;
}

/** The options that decide about the plan's contents, resolved. */
export interface PlanRecordOptions {
  readonly architectures: readonly string[];
  readonly allOn: string;
  readonly profiles: readonly string[];
  readonly deps: 'install' | 'direct';
  readonly alternatives: 'any' | 'first';
  readonly reading: 'debian' | 'dose' | 'starlingx';
  readonly kind: 'any' | 'all' | 'binary';
  /** What must be installable in every build chroot. */
  readonly implicit: readonly ('essential' | 'build-essential')[];
  /** Whether all builds wait for these as if they named them. */
  readonly waitsForImplicit: boolean;
  /** Whether what is built against a first build is built again after the full one. */
  readonly rebuildAfterStage: boolean;
  /** Whether what is built against an older version than the plan builds is built again at the end. */
  readonly rebuildStale: boolean;
  readonly layers: readonly string[];
  readonly select: readonly string[];
  /** How many steps of build dependencies of the selected ones are planned too; 0: none. */
  readonly buildDepsDepth: number | 'all';
  /** The same for what waits for them. */
  readonly dependentsDepth: number | 'all';
  /** The make jobs that `workMs` of each task is for. */
  readonly durationJobs: number;
  /** The share of builds whose footprint fits into what is reserved of the RAM disk. */
  readonly ramQuantile: number;
  /** What lies on the RAM disk: the whole chroot, or the build tree alone. */
  readonly ramHolds: 'chroot' | 'build';
  readonly search: PlanSearch;
}

/** How the schedule was found. */
export interface PlanSearch {
  /** 0: by one rule; 1: by several rules and a short search; from 2 on: by a search in threads too. */
  readonly effort: number;
  /** How many schedules that search could make; 0: there was none. */
  readonly schedules: number;
  readonly seed: number;
  /** What found it: a policy, or a step of the search. */
  readonly foundBy: string;
}

export interface PlanBuilder {
  readonly name: string;
  readonly arch: string;
  readonly slots: number;
  /** One budget, or the sum of the chroots. */
  readonly ramDiskBytes: number;
  /** Sizes of fixed chroots, largest first, one build each; empty: the RAM disk is one budget. */
  readonly ramDiskChroots: readonly number[];
  /** RAM-disk pages and processes together; null: not a limit. */
  readonly memoryBytes: number | null;
  /** Builds on disk at once. */
  readonly diskSlots: number;
  /** How many times longer a build takes on disk than in RAM. */
  readonly diskFactor: number;
  /** Processors that the make jobs of all builds share; null: not a limit. */
  readonly cores: number | null;
  /** The numbers of make jobs that a build may get, ascending. */
  readonly makeJobs: readonly number[];
  readonly speed: number;
  /** The machine's own architecture, where it emulates `arch`; absent: it builds natively. */
  readonly host?: string;
}

export interface PlanTarget {
  readonly target: {
    readonly arch: string;
    readonly kind: 'any' | 'all' | 'binary';
    readonly profiles: readonly string[];
  };
  /** Ordered by start, then id. */
  readonly tasks: readonly PlanTask[];
}

export interface PlanTask {
  /** The unit's key: `hello_2.10-3/arm64`. Unique in the plan. */
  readonly id: string;
  readonly source: string;
  readonly version: string;
  /**
   * Empty for a full build. The name of a build profile, or `cross`: a first build, whose binaries serve until the full one
   * is done; `rebuild`: the same again at the end.
   */
  readonly stage: string;
  /** The build profiles of this task, where they are not its target's. */
  readonly profiles?: readonly string[];
  /** The architecture that it runs on, for a cross build. */
  readonly buildArch?: string;
  readonly layer?: string;
  readonly buildType?: string;
  /**
   * Ids of the tasks that must end before this one starts, without those that follow from others of them (the transitive
   * reduction), sorted. What a build needs of others is more: the packages of all tasks that these lead to.
   */
  readonly needs: readonly string[];
  readonly builder: string;
  /** 0 .. slots - 1 of the builder. */
  readonly slot: number;
  readonly mode: 'ram' | 'disk';
  /** Index of the builder's chroot, where it has fixed ones and the build runs in RAM. */
  readonly chroot?: number;
  readonly makeJobs: number;
  readonly startMs: number;
  readonly durationMs: number;
  /** What half of such builds take at most, in RAM on a builder of speed 1 with `options.durationJobs` make jobs. */
  readonly workMs: number;
  /** What 90 % of them take at most. */
  readonly workUpperMs: number;
  /** The part of the work that make jobs share, 0 .. 1: Amdahl's fraction. */
  readonly parallelFraction: number;
  /** What is reserved: a share of `options.ramQuantile` of such builds needs no more. */
  readonly ramDiskBytes: number;
  /** Half of them need no more. */
  readonly ramDiskMedianBytes: number;
  /** 90 % of them need no more. */
  readonly ramDiskUpperBytes: number;
  /** What `ramDiskBytes` is made of. */
  readonly ramDiskParts: FootprintParts;
  readonly memoryBytes: number;
  readonly estimatedBy: {
    readonly duration: EstimatorName;
    readonly ramDisk: EstimatorName;
  };
  /** Whether it may run on the RAM disk when the builds are dispatched; absent: yes. */
  readonly mayUseRamDisk?: false;
  /** Higher goes first, ties by id. Usually the longest chain of durations from this task's start to the end, in ms; else a rank. */
  readonly priority: number;
  readonly critical: boolean;
}

export interface PlanArchitecture {
  readonly arch: string;
  /** Tasks that run on builders of this architecture. */
  readonly taskCount: number;
  readonly unbuildableCount: number;
  /** Sources that are not meant for this architecture. */
  readonly notForArchCount: number;
  readonly makespanMs: number;
  readonly lowerBoundMs: number;
  readonly lowerBoundName: string;
  /** Largest sum of RAM-disk bytes in use at once, over all its builders. */
  readonly ramDiskPeakBytes: number;
  readonly ramDiskBytes: number;
}

export interface PlanChainLink {
  readonly id: string;
  /** What the task waited for: the start of the plan, its release, a task that it needs, or room freed by a task before it. */
  readonly waitedFor: 'start' | 'release' | 'need' | 'slot' | 'ram-disk' | 'memory' | 'disk-slot' | 'cores';
}

export interface PlanBreak {
  /** The unit that would wait … */
  readonly from: string;
  /** … for this one, and is built before it or regardless of it. */
  readonly to: string;
  /**
   * What opens the cycle: an `existing-binary`; a build `profile`, set for `from`; a `staged-build`: a first build serves;
   * the `Architecture: all` half built apart; `cross-build`: `from` is built on another architecture. `later-layer`: no
   * cycle, layers are built in their order.
   */
  readonly kind:
    'existing-binary' | 'profile' | 'staged-build' | 'arch-all-apart' | 'cross-build' | 'later-layer';
  /** The build dependency and what leads on from it. */
  readonly reason: string;
  /** The binary that is used instead, with its version; absent: none is known to exist. */
  readonly servedBy?: string;
  /** The build profile that is set. */
  readonly profile?: string;
  /** The first build that serves: its task. */
  readonly standIn?: string;
  /** The task that builds `from` again with what the plan has built by then. */
  readonly rebuiltBy?: string;
  /** What `from` is built with though the plan builds a newer version. */
  readonly stale?: readonly PlanStale[];
}

export interface PlanStale {
  readonly binary: string;
  readonly existingVersion: string;
  readonly plannedVersion: string;
}

export interface PlanUnbuildable {
  readonly source: string;
  readonly version: string;
  readonly arch: string;
  /** The unit's key; absent where the source has nothing to build on the architecture. */
  readonly unit?: string;
  readonly kind:
    | 'not-for-arch'
    | 'missing'
    | 'conflict'
    | 'hard-cycle'
    | 'later-layer'
    | 'no-builder'
    | 'needs-unbuildable'
    // of a run: its build failed; something that it needs failed; the run ended before it was built
    | 'build-failed'
    | 'needs-failed'
    | 'not-run';
  readonly reason: string;
  readonly location?: { readonly file: string; readonly line: number; readonly column?: number };
}
