import { float64At, int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { Problem, Schedule } from '../../dispatch/problem.ts';
import { buildModes, modeOf, type BuildModes } from './build-modes.ts';
import { BuilderProfile } from './builder-profile.ts';
import { idleProfile, type IdleProfile } from './idle-profile.ts';
import { placeBuilds } from './place-builds.ts';
import { TaskSorter } from './task-sorter.ts';

/** The cell of a task whose mode the generation scheme chooses. */
export const ANY_MODE = -1;

/**
 * Turns lists of tasks into exact schedules of a build problem, and improves schedules by justification. Holds one schedule at
 * a time, in columns; making the next one allocates nothing.
 * @see Kolisch 1996, on serial and parallel schedule generation; Valls, Ballestín, Quintanilla 2005, on justification
 */
export class BuildDecoder {
  readonly problem: Problem;
  readonly modes: BuildModes;
  // The schedule; one cell a task.
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** Index into `modes`; -1: runs already. */
  readonly mode: Int32Array;
  /** Index into `Problem.builders`. */
  readonly builder: Int32Array;
  makespanMs = 0;
  /** How many schedules were made: every pass of a generation scheme counts. */
  schedulesUsed = 0;
  readonly #isRunning: Uint8Array;
  /** The tasks that don't run already. */
  readonly #order: Int32Array;
  readonly #profiles: readonly BuilderProfile[];
  /** Of each builder, in forward time; where nothing runs, it is the same backward. */
  readonly #idle: readonly IdleProfile[];
  /** No schedule ends before the builds that run already. */
  readonly #runningEndMs: number;
  readonly #sorter: TaskSorter;
  // The best place of the task at hand, in the time of the pass.
  #bestEndMs = 0;
  #bestMode = -1;
  #bestBuilder = -1;

  constructor(problem: Problem, modes: BuildModes = buildModes(problem)) {
    this.problem = problem;
    this.modes = modes;
    this.startMs = new Float64Array(problem.taskCount);
    this.endMs = new Float64Array(problem.taskCount);
    this.mode = new Int32Array(problem.taskCount).fill(-1);
    this.builder = new Int32Array(problem.taskCount);
    this.#isRunning = new Uint8Array(problem.taskCount);
    for (const { task, builder, startMs, endMs } of problem.running) {
      this.#isRunning[task] = 1;
      this.startMs[task] = startMs;
      this.endMs[task] = endMs;
      this.builder[task] = builder;
    }
    this.#order = problem.dag.order.filter((task) => this.#isRunning[task] === 0);
    this.#profiles = problem.builders.map(() => new BuilderProfile(modes.demandWidth));
    this.#idle = problem.builders.map((_, builder) => idleProfile(problem, modes, builder, undefined));
    this.#runningEndMs = problem.running.reduce((last, { endMs }) => Math.max(last, endMs), 0);
    this.#sorter = new TaskSorter(problem.taskCount);
  }

  /**
   * Serial generation scheme: each task of the list takes the place in which it ends first; of equal ones the first mode, then the
   * first builder.
   * @param order all tasks, needs first; those that run already may be left out
   * @param wanted the mode of each task or `ANY_MODE`; left out: any
   * @returns the makespan
   */
  forward(order: Int32Array, wanted?: Int32Array): number {
    const { offset } = this.modes;
    this.#reset(undefined);
    this.makespanMs = this.#runningEndMs;
    for (let index = 0; index < order.length; index++) {
      const task = int32At(order, index);
      if (this.#isRunning[task] === 1) continue;
      const mode = wanted === undefined ? ANY_MODE : int32At(wanted, task);
      const first = int32At(offset, task);
      const last = int32At(offset, task + 1);
      if (mode === ANY_MODE) this.#choose(this.#ready(task), first, last, -1);
      else if (mode >= first && mode < last) this.#choose(this.#ready(task), mode, mode + 1, -1);
      else throw new Error(`BUG: mode ${mode} is not one of task ${task}`);
      this.#keepForward(task);
    }
    return this.makespanMs;
  }

  /**
   * Moves every build as far towards the end as it goes, in its mode on its builder, the last one first. The makespan stays; what
   * is released late does not start earlier.
   */
  justifyRight(): void {
    const horizonMs = this.makespanMs;
    this.#sorter.sort(this.#order, this.endMs);
    this.#reset(horizonMs);
    for (let index = this.#order.length - 1; index >= 0; index--) {
      const task = int32At(this.#order, index);
      const mode = int32At(this.mode, task);
      this.#choose(this.#rest(task, horizonMs), mode, mode + 1, int32At(this.builder, task));
      const startMs = horizonMs - this.#bestEndMs;
      this.startMs[task] = startMs;
      this.endMs[task] = startMs + this.#take(mode);
    }
  }

  /** Moves every build as far towards the start as it goes, in its mode on its builder, the first one first. @returns the makespan, never longer */
  justifyLeft(): number {
    this.#sorter.sort(this.#order, this.startMs);
    this.#reset(undefined);
    this.makespanMs = this.#runningEndMs;
    for (let index = 0; index < this.#order.length; index++) {
      const task = int32At(this.#order, index);
      const mode = int32At(this.mode, task);
      this.#choose(this.#ready(task), mode, mode + 1, int32At(this.builder, task));
      this.#keepForward(task);
    }
    return this.makespanMs;
  }

  /** Justifies right, then left, while that shortens the schedule, but not below what is good enough. @returns the makespan, never longer */
  justify(enoughMs = 0): number {
    for (;;) {
      const beforeMs = this.makespanMs;
      if (beforeMs <= enoughMs) return beforeMs;
      this.justifyRight();
      if (this.justifyLeft() >= beforeMs) return this.makespanMs;
    }
  }

  /** Takes over a schedule. Where a placement's mode is beaten by another in every respect, that one is taken. */
  load(schedule: Schedule): void {
    this.makespanMs = this.#runningEndMs;
    for (const placement of schedule.placements) {
      const { task, builder, startMs } = placement;
      if (this.#isRunning[task] === 1) continue;
      const chroot = at(this.problem.builders, builder).ramDiskChroots[placement.chroot] ?? 0;
      const mode = modeOf(this.modes, task, builder, placement.mode, placement.makeJobs, chroot);
      const endMs = startMs + float64At(this.modes.durationMs, mode);
      this.mode[task] = mode;
      this.builder[task] = builder;
      this.startMs[task] = startMs;
      this.endMs[task] = endMs;
      this.makespanMs = Math.max(this.makespanMs, endMs);
    }
  }

  /** The schedule with its slots and chroots. */
  schedule(): Schedule {
    return placeBuilds(this.problem, this.modes, this);
  }

  /** When a task is released and its needs are built. */
  #ready(task: number): number {
    const { needs } = this.problem.dag;
    const last = edgesTo(needs, task);
    let readyMs = float64At(this.problem.releaseMs, task);
    for (let edge = edgesFrom(needs, task); edge < last; edge++) {
      const endMs = float64At(this.endMs, int32At(needs.target, edge));
      if (endMs > readyMs) readyMs = endMs;
    }
    return readyMs;
  }

  /** How long before the end of the plan a task must end, for what waits for it. */
  #rest(task: number, horizonMs: number): number {
    const { dependents } = this.problem.dag;
    const last = edgesTo(dependents, task);
    let restMs = 0;
    for (let edge = edgesFrom(dependents, task); edge < last; edge++) {
      const dependent = int32At(dependents.target, edge);
      if (this.#isRunning[dependent] === 1) continue;
      const afterMs = horizonMs - float64At(this.startMs, dependent);
      if (afterMs > restMs) restMs = afterMs;
    }
    return restMs;
  }

  /** Finds where a task ends first that is ready then, in one of these modes, on one builder (-1: any). */
  #choose(readyMs: number, firstMode: number, endMode: number, fixed: number): void {
    const { classes, classOf, durationMs } = this.modes;
    this.#bestEndMs = Infinity;
    // The last first: disk builds mostly fit soon, and what they end at limits the search for RAM.
    for (let mode = endMode - 1; mode >= firstMode; mode--) {
      const lengthMs = float64At(durationMs, mode);
      // Times are integers: an equal end is one before the next ms.
      let limitMs = this.#bestEndMs + 1 - lengthMs;
      if (fixed >= 0) {
        this.#try(mode, fixed, readyMs, lengthMs, limitMs);
        continue;
      }
      const { members } = at(classes, int32At(classOf, mode));
      for (let index = 0; index < members.length && readyMs < limitMs; index++) {
        if (this.#try(mode, int32At(members, index), readyMs, lengthMs, limitMs))
          limitMs = this.#bestEndMs - lengthMs;
      }
    }
    if (this.#bestEndMs === Infinity) throw new Error('BUG: a task is left that no builder can run');
  }

  /** Keeps a place that starts before the limit; whether there is one. */
  #try(mode: number, builder: number, readyMs: number, lengthMs: number, limitMs: number): boolean {
    const { demand, demandWidth } = this.modes;
    const profile = at(this.#profiles, builder);
    const startMs = profile.earliest(demand, mode * demandWidth, readyMs, lengthMs, limitMs);
    if (startMs === Infinity) return false;
    this.#bestEndMs = startMs + lengthMs;
    this.#bestMode = mode;
    this.#bestBuilder = builder;
    return true;
  }

  #keepForward(task: number): void {
    const endMs = this.#bestEndMs;
    const mode = this.#bestMode;
    this.startMs[task] = endMs - this.#take(mode);
    this.endMs[task] = endMs;
    this.mode[task] = mode;
    this.builder[task] = this.#bestBuilder;
    if (endMs > this.makespanMs) this.makespanMs = endMs;
  }

  /** Takes the best place. @returns how long the mode takes */
  #take(mode: number): number {
    const { demand, demandWidth, durationMs } = this.modes;
    const lengthMs = float64At(durationMs, mode);
    const endMs = this.#bestEndMs;
    at(this.#profiles, this.#bestBuilder).take(demand, mode * demandWidth, endMs - lengthMs, endMs);
    return lengthMs;
  }

  /** @param horizonMs given: time runs backward from there */
  #reset(horizonMs: number | undefined): void {
    this.schedulesUsed++;
    for (let builder = 0; builder < this.#profiles.length; builder++) {
      let idle = at(this.#idle, builder);
      // Rare enough to allocate for: builds run already.
      if (horizonMs !== undefined && idle.atMs.length > 1)
        idle = idleProfile(this.problem, this.modes, builder, horizonMs);
      at(this.#profiles, builder).reset(idle.atMs, idle.free);
    }
  }
}
