import { cell } from './cell.ts';
import { at } from '../../base/column.ts';
import type { Random } from '../../base/random.ts';
import type { Project, ProjectSchedule } from '../project.ts';
import { Budgets } from './budgets.ts';
import { Decoder, longestHorizon } from './decoder.ts';
import { type Direction, FORWARD, type Individual } from './individual.ts';
import { SeenSchedules } from './seen-schedules.ts';
import { TimeSort } from './time-sort.ts';

export interface EvaluationLimits {
  /** Passes of a generation scheme that may be made in all. */
  readonly schedules: number;
  /** No schedule is shorter: the search ends when one reaches it. */
  readonly lowerBound: number;
  /** Asked now and then. */
  readonly shouldStop: () => boolean;
  /** Told of each better schedule. */
  readonly onProgress: (makespan: number, schedulesUsed: number) => void;
}

/** Passes between two questions whether to stop. */
const STOP_EVERY = 64;

/** Makes schedules in both directions, counts each pass, and keeps the best that keeps the budgets. */
export class Evaluation {
  readonly decoders: readonly [Decoder, Decoder];
  readonly random: Random;
  used = 0;
  /** Makespan of the best schedule; Infinity while there is none within the budgets. */
  best = Infinity;
  readonly #limits: EvaluationLimits;
  readonly #budgets: Budgets;
  readonly #horizon: number;
  readonly #isMultiMode: boolean;
  readonly #seen: SeenSchedules;
  readonly #sort: TimeSort;
  readonly #bestStart: Int32Array;
  readonly #bestMode: Int32Array;
  readonly #isFree: (task: number) => boolean;
  #isStopped = false;

  constructor(project: Project, limits: EvaluationLimits, random: Random) {
    this.#limits = limits;
    this.random = random;
    this.decoders = [new Decoder(project, 0), new Decoder(project, 1)];
    this.#budgets = new Budgets(project);
    this.#horizon = longestHorizon(project);
    this.#isMultiMode = project.duration.length > project.taskCount;
    this.#seen = new SeenSchedules(project.taskCount, limits.schedules, random);
    this.#sort = new TimeSort(project.taskCount);
    this.#bestStart = new Int32Array(project.taskCount);
    this.#bestMode = new Int32Array(project.taskCount);
    this.#isFree = () => random() < CHOICE_RATE;
  }

  /** Whether the schedules are used up, the bound is reached or somebody wants the search to end. */
  isDone(): boolean {
    return this.#isStopped || this.used >= this.#limits.schedules || this.best <= this.#limits.lowerBound;
  }

  get bestSchedule(): ProjectSchedule {
    return { start: this.#bestStart.slice(), mode: this.#bestMode.slice(), makespan: this.best };
  }

  /**
   * One schedule: a serial pass over a list.
   * @param modes what the tasks are in before; the pass may choose better ones if `mayChoose`
   * @param into takes the schedule as the pass back sees it; its arrays must be others than `order` and `modes`
   * @returns whether no pass of this search has made the same schedule before
   */
  run(
    direction: Direction,
    order: Int32Array,
    modes: Int32Array,
    into: Individual,
    mayChoose = this.#isMultiMode,
  ): boolean {
    const decoder = at(this.decoders, direction);
    into.mode.set(modes);
    if (mayChoose) {
      this.#budgets.repair(into.mode, this.random);
      into.makespan = decoder.serialChoosing(order, into.mode, this.#budgets, this.#isFree);
    } else into.makespan = decoder.serial(order, into.mode);
    const excess = this.#budgets.count(into.mode);
    this.#count();
    this.#turnRound(decoder, order, into);
    into.cost = excess > 0 ? (this.#horizon + 1) * (1 + excess) + into.makespan : into.makespan;
    if (excess === 0 && into.cost < this.best) this.#keep(direction, decoder, into);
    return this.#seen.add(into.time, into.mode);
  }

  #count(): void {
    this.used++;
    if (this.used % STOP_EVERY === 0) this.#isStopped = this.#limits.shouldStop();
  }

  /** Times from the end, and the list by them: equal times in the list's reverse, so that needs stay first. */
  #turnRound(decoder: Decoder, order: Int32Array, into: Individual): void {
    const last = order.length - 1;
    for (let index = 0; index <= last; index++) {
      const task = cell(order, index);
      into.time[task] = into.makespan - cell(decoder.finish, task);
      into.order[last - index] = task;
    }
    this.#sort.sort(into.order, into.time, into.makespan);
  }

  #keep(direction: Direction, decoder: Decoder, found: Individual): void {
    this.best = found.makespan;
    this.#bestStart.set(direction === FORWARD ? decoder.start : found.time);
    this.#bestMode.set(found.mode);
    this.#limits.onProgress(this.best, this.used);
  }
}

/** How often a task of several modes takes the one that ends first, instead of the one that it has. */
const CHOICE_RATE = 0.5;
