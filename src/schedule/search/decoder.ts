import { cell } from './cell.ts';
import { edgesFrom, edgesTo, type Csr } from '../../base/csr.ts';
import type { Project } from '../project.ts';
import type { Budgets } from './budgets.ts';
import { type Direction, FORWARD } from './individual.ts';
import { packResources } from './packing.ts';
import { makeTimetable } from './make-timetable.ts';
import type { Timetable } from './timetable.ts';

/**
 * Turns lists of tasks into schedules: the generation schemes of one direction. The backward decoder runs the project from its
 * end: needs and dependents change places, and its times count from the end. What it makes is as valid as a forward schedule,
 * turned round. Nothing is allocated for a schedule.
 */
export class Decoder {
  readonly taskCount: number;
  /** Of the schedule made last, in this direction's own time. One cell a task each. */
  readonly start: Int32Array;
  readonly finish: Int32Array;
  /** What this direction waits for. */
  readonly needs: Csr;
  readonly dependents: Csr;
  readonly #project: Project;
  /** No start before it, and no end of the schedule less than `tail` after the finish. */
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  /** Free resources of the schedule in the making. */
  readonly timetable: Timetable;

  constructor(project: Project, direction: Direction) {
    const isForward = direction === FORWARD;
    const none = new Int32Array(project.taskCount);
    this.taskCount = project.taskCount;
    this.start = new Int32Array(project.taskCount);
    this.finish = new Int32Array(project.taskCount);
    this.needs = isForward ? project.dag.needs : project.dag.dependents;
    this.dependents = isForward ? project.dag.dependents : project.dag.needs;
    this.#project = project;
    this.#head = isForward ? project.release : none;
    this.#tail = isForward ? none : project.release;
    this.timetable = makeTimetable(packResources(project), longestHorizon(project));
  }

  /**
   * Serial generation scheme: each task of the list starts as early as needs and resources let it.
   * @param order a permutation of the tasks in which needs come first
   * @param modes the mode of each task
   * @returns the makespan
   */
  serial(order: Int32Array, modes: Int32Array): number {
    const { start, finish } = this;
    const { duration } = this.#project;
    const { timetable } = this;
    let makespan = 0;
    timetable.clear();
    for (let index = 0; index < this.taskCount; index++) {
      const task = cell(order, index);
      const mode = cell(modes, task);
      const length = cell(duration, mode);
      const from = timetable.earliest(mode, this.ready(task), length);
      timetable.take(mode, from, length);
      start[task] = from;
      finish[task] = from + length;
      makespan = Math.max(makespan, from + length + cell(this.#tail, task));
    }
    return makespan;
  }

  /**
   * The same, but tasks may change into the mode of theirs that ends first, ties as they are, if the budgets allow it.
   * @param modes is changed
   * @param budgets has counted `modes`
   * @param isFree tells of a task whether its mode may change
   */
  serialChoosing(
    order: Int32Array,
    modes: Int32Array,
    budgets: Budgets,
    isFree: (task: number) => boolean,
  ): number {
    const { start, finish } = this;
    const { duration, modeOffset } = this.#project;
    let makespan = 0;
    this.timetable.clear();
    for (let index = 0; index < this.taskCount; index++) {
      const task = cell(order, index);
      const ready = this.ready(task);
      let mode = cell(modes, task);
      let from = this.timetable.earliest(mode, ready, cell(duration, mode));
      if (cell(modeOffset, task + 1) - cell(modeOffset, task) > 1 && isFree(task)) {
        mode = this.#soonest(task, mode, ready, from, budgets);
        from = this.timetable.earliest(mode, ready, cell(duration, mode));
        modes[task] = mode;
      }
      const length = cell(duration, mode);
      this.timetable.take(mode, from, length);
      start[task] = from;
      finish[task] = from + length;
      makespan = Math.max(makespan, from + length + cell(this.#tail, task));
    }
    return makespan;
  }

  /** The mode in which a task ends first; the budgets are told of the change. */
  #soonest(task: number, current: number, ready: number, from: number, budgets: Budgets): number {
    const { duration, modeOffset } = this.#project;
    let best = current;
    let bestEnd = from + cell(duration, current);
    let excess = budgets.excess();
    for (let mode = cell(modeOffset, task); mode < cell(modeOffset, task + 1); mode++) {
      const length = cell(duration, mode);
      if (mode === current || ready + length >= bestEnd) continue;
      const after = budgets.excessAfter(best, mode);
      if (after > excess) continue;
      const end = this.timetable.earliest(mode, ready, length) + length;
      if (end >= bestEnd) continue;
      budgets.change(best, mode);
      best = mode;
      bestEnd = end;
      excess = after;
    }
    return best;
  }

  /** When the needs of a task have ended and it is released. */
  ready(task: number): number {
    const { target } = this.needs;
    const last = edgesTo(this.needs, task);
    let ready = cell(this.#head, task);
    for (let edge = edgesFrom(this.needs, task); edge < last; edge++) {
      const end = cell(this.finish, cell(target, edge));
      if (end > ready) ready = end;
    }
    return ready;
  }
}

/** No schedule without needless waiting ends later: all tasks one by one in their longest modes, after the last release. */
export function longestHorizon(project: Project): number {
  let horizon = 0;
  for (let task = 0; task < project.taskCount; task++) {
    let longest = 0;
    for (let mode = cell(project.modeOffset, task); mode < cell(project.modeOffset, task + 1); mode++)
      longest = Math.max(longest, cell(project.duration, mode));
    horizon += longest;
  }
  return horizon + project.release.reduce((last, release) => Math.max(last, release), 0);
}
