import { float64At } from '../base/cells.ts';
import type { Dag } from '../graph/dag.ts';

/** A machine that builds. Its slots, RAM disk and memory are renewable resources. */
export interface Builder {
  readonly name: string;
  /** Debian architecture that it builds natively. */
  readonly arch: string;
  /** Builds at once, ≥ 1. */
  readonly slots: number;
  /** Budget shared by the builds that run in RAM; 0: all builds run on disk. */
  readonly ramDiskBytes: number;
  /** RAM-disk pages and compilers together; Infinity: not a limit. */
  readonly memoryBytes: number;
  /** Parallel make jobs of one build, ≥ 1. Recorded in the plan; durations are taken to hold for it. */
  readonly makeJobs: number;
  /** Durations are divided by it; 1 is the machine that the estimates are for. */
  readonly speed: number;
}

export type Mode = 'ram' | 'disk';

/**
 * What is to be scheduled: a multi-mode resource-constrained project scheduling problem (MRCPSP) whose modes are
 * (builder of the task's architecture) × (RAM or disk). Columns have one cell a task; task ids are 0 .. taskCount - 1.
 * @see Hartmann & Briskorn 2010, a survey of variants and extensions of the RCPSP
 */
export interface Problem {
  readonly taskCount: number;
  /** `dag.needs` row `t` lists the tasks that `t` waits for. */
  readonly dag: Dag;
  readonly builders: readonly Builder[];
  /** The architecture that the task is built on; each has a builder. */
  readonly arch: readonly string[];
  /** Integer ms in RAM on a builder of speed 1; ≥ 1. */
  readonly durationMs: Float64Array;
  /** Peak size of chroot and build tree: what a RAM build takes from the builder's RAM disk. */
  readonly ramDiskBytes: Float64Array;
  /** Peak resident size of the processes of the build, in RAM or on disk; drawn from the builder's memory. */
  readonly memoryBytes: Float64Array;
  /** A build on disk takes its RAM duration × diskFactor; ≥ 1. */
  readonly diskFactor: number;
}

/** Where and when one task runs. `endMs - startMs` is `modeDuration` of its mode. */
export interface Placement {
  readonly task: number;
  /** Index into `Problem.builders`. */
  readonly builder: number;
  /** 0 .. slots - 1 */
  readonly slot: number;
  readonly mode: Mode;
  readonly startMs: number;
  readonly endMs: number;
}

/** One placement a task, ordered by start, then task. */
export interface Schedule {
  readonly placements: readonly Placement[];
  readonly makespanMs: number;
}

/** Duration of a task on a builder in a mode: integer ms, rounded up. */
export function modeDuration(problem: Problem, task: number, builder: Builder, mode: Mode): number {
  return scaleDuration(problem, float64At(problem.durationMs, task), builder, mode);
}

/** What `durationMs` in RAM at speed 1 becomes on a builder in a mode: integer ms, rounded up, ≥ 1; never falls as `durationMs` grows. */
export function scaleDuration(problem: Problem, durationMs: number, builder: Builder, mode: Mode): number {
  const factor = mode === 'disk' ? problem.diskFactor : 1;
  return Math.max(1, Math.ceil((durationMs * factor) / builder.speed));
}

/** What a task takes from the RAM disk in a mode. */
export function ramDiskDemand(problem: Problem, task: number, mode: Mode): number {
  return mode === 'ram' ? float64At(problem.ramDiskBytes, task) : 0;
}

/** What a task takes from the memory in a mode: RAM-disk pages live there too; the page cache of a disk build is not counted. */
export function memoryDemand(problem: Problem, task: number, mode: Mode): number {
  return float64At(problem.memoryBytes, task) + ramDiskDemand(problem, task, mode);
}

/** Whether the builder, all of it free, has room for the task in this mode. The architecture is not looked at. */
export function isAdmissible(problem: Problem, task: number, builder: Builder, mode: Mode): boolean {
  if (
    mode === 'ram' &&
    (builder.ramDiskBytes === 0 || ramDiskDemand(problem, task, mode) > builder.ramDiskBytes)
  )
    return false;
  return memoryDemand(problem, task, mode) <= builder.memoryBytes;
}
