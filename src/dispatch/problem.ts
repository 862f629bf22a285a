import { at } from '../base/column.ts';
import { float64At, int32At } from '../base/cells.ts';
import type { Dag } from '../graph/dag.ts';

/** A machine that builds. Its slots, RAM disk, memory, processors and disk are renewable resources. */
export interface Builder {
  readonly name: string;
  /** Debian architecture that it builds for, natively or emulated. */
  readonly arch: string;
  /** Builds at once, ≥ 1. */
  readonly slots: number;
  /** Bytes for the builds that run in RAM: one budget that they share, or the sum of the chroots; 0: all builds run on disk. */
  readonly ramDiskBytes: number;
  /** Sizes of fixed RAM-disk chroots, largest first: each holds one build at a time. Empty: the RAM disk is one budget. */
  readonly ramDiskChroots: readonly number[];
  /** RAM-disk pages and compilers together; Infinity: not a limit. */
  readonly memoryBytes: number;
  /** Builds on disk at once, 0 .. slots; 0: everything must be built in RAM. */
  readonly diskSlots: number;
  /** A build on disk takes this many times as long as in RAM; ≥ 1. */
  readonly diskFactor: number;
  /** Processors that the make jobs of all builds share; Infinity: not a limit. */
  readonly cores: number;
  /** The numbers of parallel make jobs that a build may get: ascending, at least one, each ≥ 1 and ≤ cores. */
  readonly makeJobs: readonly number[];
  /** Durations are divided by it; 1 is the machine that the estimates are for. */
  readonly speed: number;
  /** The machine's own architecture, where it emulates `arch`; absent: it builds natively. */
  readonly host?: string;
}

export type Mode = 'ram' | 'disk';

/**
 * What is to be scheduled: a multi-mode resource-constrained project scheduling problem (MRCPSP) whose modes are
 * (builder of the task's architecture) × (RAM or disk) × (make jobs). Columns have one cell a task; task ids are
 * 0 .. taskCount - 1.
 * @see Hartmann & Briskorn 2010, a survey of variants and extensions of the RCPSP
 */
export interface Problem {
  readonly taskCount: number;
  /** `dag.needs` row `t` lists the tasks that `t` waits for. */
  readonly dag: Dag;
  readonly builders: readonly Builder[];
  /** The architecture that the task is built on; each has a builder. */
  readonly arch: readonly string[];
  /** Integer ms in RAM on a builder of speed 1 with `durationJobs` make jobs; ≥ 1. */
  readonly durationMs: Float64Array;
  /** How many make jobs `durationMs` is for; ≥ 1. */
  readonly durationJobs: number;
  /** The part of a build's work that make jobs share, 0 (serial) .. 1: the fraction of Amdahl's law. */
  readonly parallelFraction: Float64Array;
  /** Peak size of chroot and build tree: what a RAM build takes from the builder's RAM disk. */
  readonly ramDiskBytes: Float64Array;
  /** Peak resident size of the processes of the build, in RAM or on disk; drawn from the builder's memory. */
  readonly memoryBytes: Float64Array;
  /** No task starts earlier: integer ms ≥ 0. */
  readonly releaseMs: Float64Array;
  /**
   * Builds that run already: they keep their places until `endMs` ≥ 0, and what they need counts as done. Their starts are
   * integers ≤ 0. At most one a task; by task.
   */
  readonly running: readonly Placement[];
  /** How far builds may be from what is planned with; only simulation looks at it. */
  readonly spread: Spread;
}

/** What is not certain of the columns of a problem. One cell a task each. */
export interface Spread {
  /** Half of all builds take no more of the RAM disk; `Problem.ramDiskBytes` holds a reserve too. */
  readonly medianRamDiskBytes: Float64Array;
  /** Standard deviation of the logarithm of what a build takes of the RAM disk. */
  readonly ramDiskSigma: Float64Array;
  /** The same for durations, whose median is `Problem.durationMs`. */
  readonly durationSigma: Float64Array;
}

/** Every build takes what is planned. */
export function withoutSpread(ramDiskBytes: Float64Array): Spread {
  const none = new Float64Array(ramDiskBytes.length);
  return { medianRamDiskBytes: ramDiskBytes, ramDiskSigma: none, durationSigma: none };
}

/** Where, how and when one task runs. `endMs - startMs` is `modeDuration` of its mode, unless it is one of `Problem.running`. */
export interface Placement {
  readonly task: number;
  /** Index into `Problem.builders`. */
  readonly builder: number;
  /** 0 .. slots - 1 */
  readonly slot: number;
  readonly mode: Mode;
  /** One of the builder's choices; a serial task takes the fewest. */
  readonly makeJobs: number;
  /** Index into the builder's `ramDiskChroots`; -1: on disk, or the RAM disk is a budget. */
  readonly chroot: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** One placement a task, ordered by start, then task. */
export interface Schedule {
  readonly placements: readonly Placement[];
  readonly makespanMs: number;
}

/** What the dispatcher goes by when it decides what starts next, and how. One cell a task each. */
export interface DispatchRule {
  /** The larger starts first, ties by lower task id. */
  readonly priority: Float64Array;
  /** 0: always on disk, unless no builder has one for it. */
  readonly mayUseRamDisk: Uint8Array;
  /** Make jobs that the task should get: `allottedJobs` tells what a builder makes of it. */
  readonly makeJobs: Int32Array;
}

/** Duration of a task on a builder in a mode, with its make jobs: integer ms, rounded up, ≥ 1. */
export function modeDuration(
  problem: Problem,
  task: number,
  builder: Builder,
  mode: Mode,
  makeJobs: number,
): number {
  const durationMs = float64At(problem.durationMs, task) * jobsFactor(problem, task, makeJobs);
  return scaleDuration(durationMs, builder, mode);
}

/** What `durationMs` in RAM at speed 1 becomes on a builder in a mode: integer ms, rounded up, ≥ 1; never falls as `durationMs` grows. */
export function scaleDuration(durationMs: number, builder: Builder, mode: Mode): number {
  const factor = mode === 'disk' ? builder.diskFactor : 1;
  return Math.max(1, Math.ceil((durationMs * factor) / builder.speed));
}

/**
 * How many times as long a build takes with so many make jobs as with `durationJobs`: the serial part stays, the rest is shared.
 * @see Amdahl 1967, on the validity of the single processor approach
 */
export function jobsFactor(problem: Problem, task: number, makeJobs: number): number {
  if (makeJobs === problem.durationJobs) return 1;
  const parallel = float64At(problem.parallelFraction, task);
  const serial = 1 - parallel;
  return (serial + parallel / makeJobs) / (serial + parallel / problem.durationJobs);
}

/** The make jobs that a task gets on a builder: the largest of its choices that the rule's wish covers, else the smallest. */
export function allottedJobs(rule: DispatchRule, task: number, builder: Builder): number {
  const wanted = int32At(rule.makeJobs, task);
  let allotted = at(builder.makeJobs, 0);
  for (const choice of builder.makeJobs) if (choice <= wanted) allotted = choice;
  return allotted;
}

/** What a task takes from the RAM disk in a mode. */
export function ramDiskDemand(problem: Problem, task: number, mode: Mode): number {
  return mode === 'ram' ? float64At(problem.ramDiskBytes, task) : 0;
}

/** What a task takes from the memory in a mode: RAM-disk pages live there too; the page cache of a disk build is not counted. */
export function memoryDemand(problem: Problem, task: number, mode: Mode): number {
  return float64At(problem.memoryBytes, task) + ramDiskDemand(problem, task, mode);
}

/** The largest footprint that a builder can hold in RAM: its largest chroot, or all of its budget. -1: none, not even an empty one. */
export function largestFootprint(builder: Builder): number {
  if (builder.ramDiskBytes === 0) return -1;
  return builder.ramDiskChroots[0] ?? builder.ramDiskBytes;
}

/** Whether the builder, all of it free, has room for the task in this mode. The architecture is not looked at. */
export function isAdmissible(problem: Problem, task: number, builder: Builder, mode: Mode): boolean {
  if (
    mode === 'disk'
      ? builder.diskSlots === 0
      : float64At(problem.ramDiskBytes, task) > largestFootprint(builder)
  )
    return false;
  return memoryDemand(problem, task, mode) <= builder.memoryBytes;
}
