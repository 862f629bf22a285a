import { float64At, int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { seededRandom, type Random } from '../../base/random.ts';
import type { Problem, Schedule } from '../../dispatch/problem.ts';
import { shortestDurations, tails } from '../tails.ts';
import { ANY_MODE, BuildDecoder } from './build-decoder.ts';
import { modeCount } from './build-modes.ts';
import { ListShaker } from './list-shaker.ts';
import { placeBuilds, type BuildColumns } from './place-builds.ts';
import { Population, isBetter, type Individual } from './population.ts';
import { PriorityList } from './priority-list.ts';
import type { BuildSearchResult, Restart } from './restarts.ts';
import type { SearchWatch } from './search-watch.ts';
import { copyList } from './task-list.ts';
import { TaskSorter } from './task-sorter.ts';

/** Passes of a generation scheme for one individual: forward, right, left. */
const PASSES = 3;
/** The part of the schedules after which crossing ends and the best individual alone is improved. */
const CROSSING_SHARE = 0.75;
/** Of the tasks, how many are moved in a child's list, and of those with several modes, how many get another. */
const MUTATION_SHARE = 0.01;
/** Priorities of the first lists are tails, up to this much longer or shorter. */
const PRIORITY_NOISE = 0.6;
/** The share of its tasks that is moved where a first list comes from an initial schedule. */
const SHAKEN_SHARE = 0.1;
const MOST_MOVES = 4;
const PROGRESS_EVERY = 50;

/**
 * One restart: a genetic algorithm on lists with modes, each child decoded exactly and justified right and left, then a local
 * search around the best. The makespan counts, then the sum of all ends. Holds all that it needs: no schedule allocates.
 * @see Hartmann 2001, a genetic algorithm with several modes; Valls, Ballestín, Quintanilla 2008, a hybrid genetic algorithm
 */
export class RestartSearch {
  readonly #problem: Problem;
  readonly #schedules: number;
  readonly #initial: readonly Schedule[];
  readonly #lowerBoundMs: number;
  readonly #watch: SearchWatch;
  readonly #random: Random;
  readonly #decoder: BuildDecoder;
  readonly #shaker: ListShaker;
  readonly #priorityList: PriorityList;
  readonly #sorter: TaskSorter;
  readonly #population: Population;
  readonly #tailMs: Float64Array;
  readonly #priority: Float64Array;
  /** Tasks with several modes. */
  readonly #choosers: Int32Array;
  /** The best schedule so far. */
  readonly #best: BuildColumns & { makespanMs: number };
  readonly #bestOne: Individual;
  #evaluated = 0;
  #isStopped = false;

  constructor(
    problem: Problem,
    restart: Restart,
    initial: readonly Schedule[],
    lowerBoundMs: number,
    watch: SearchWatch,
  ) {
    const { taskCount } = problem;
    this.#problem = problem;
    this.#schedules = restart.schedules;
    this.#initial = initial;
    this.#lowerBoundMs = lowerBoundMs;
    this.#watch = watch;
    this.#random = seededRandom(restart.seed);
    this.#decoder = new BuildDecoder(problem);
    this.#shaker = new ListShaker(problem.dag, this.#random);
    this.#priorityList = new PriorityList(problem.dag);
    this.#sorter = new TaskSorter(taskCount);
    this.#population = new Population(populationSize(restart.schedules), taskCount);
    this.#tailMs = tails(problem.dag, shortestDurations(problem));
    this.#priority = new Float64Array(taskCount);
    const { modes } = this.#decoder;
    this.#choosers = Int32Array.from(problem.dag.order).filter((task) => modeCount(modes, task) > 1);
    this.#best = {
      startMs: new Float64Array(taskCount),
      endMs: new Float64Array(taskCount),
      mode: new Int32Array(taskCount),
      builder: new Int32Array(taskCount),
      makespanMs: Infinity,
    };
    this.#bestOne = this.#population.makeIndividual();
  }

  /** @returns the best initial schedule where nothing better was found */
  run(): BuildSearchResult {
    this.#takeInitial();
    this.#fill();
    while (this.#mayGoOn(CROSSING_SHARE)) this.#cross();
    this.#improve();
    this.#tell();
    const schedule = this.#shortest();
    const isOptimal = schedule.makespanMs <= this.#lowerBoundMs;
    return { schedule, schedulesUsed: this.#decoder.schedulesUsed, isOptimal };
  }

  #shortest(): Schedule {
    let shortest = at(this.#initial, 0);
    for (const other of this.#initial) if (other.makespanMs < shortest.makespanMs) shortest = other;
    if (shortest.makespanMs <= this.#best.makespanMs) return shortest;
    return placeBuilds(this.#problem, this.#decoder.modes, this.#best);
  }

  #takeInitial(): void {
    for (const schedule of this.#initial) {
      if (this.#population.isFull || !this.#mayGoOn(1)) return;
      const one = this.#population.spare;
      this.#decoder.load(schedule);
      this.#decoder.justifyRight();
      this.#decoder.justifyLeft();
      this.#read(one);
      one.list.wanted.set(this.#decoder.mode);
      this.#population.add();
    }
  }

  /** The rest of the first generation: noisy tails, and initial lists that are shaken, in their modes or in any. */
  #fill(): void {
    const initialCount = this.#population.size;
    for (let index = initialCount; !this.#population.isFull && this.#mayGoOn(1); index++) {
      const { list } = this.#population.spare;
      const model = this.#population.at(index % Math.max(1, initialCount));
      if (index % 3 === 1 && initialCount > 0) {
        copyList(model.list, list);
        const moves = Math.ceil(list.order.length * SHAKEN_SHARE);
        for (let move = 0; move < moves; move++) this.#shaker.shift(list, this.#anyOf(list.order));
        if (this.#random() < 0.5) list.wanted.fill(ANY_MODE);
      } else {
        const noise = index === initialCount ? 0 : PRIORITY_NOISE;
        for (let task = 0; task < this.#priority.length; task++)
          this.#priority[task] = float64At(this.#tailMs, task) * (1 + noise * (2 * this.#random() - 1));
        this.#priorityList.fill(this.#priority, list.order);
        if (index % 2 === 1 && initialCount > 0) list.wanted.set(model.list.wanted);
        else list.wanted.fill(ANY_MODE);
      }
      this.#evaluate(this.#population.spare);
      this.#population.add();
    }
  }

  #cross(): void {
    const child = this.#population.spare;
    const father = this.#population.pick(this.#random);
    const mother = this.#population.pick(this.#random);
    const length = child.list.order.length;
    const window = Math.floor(length * (0.25 + 0.5 * this.#random()));
    const from = Math.floor(this.#random() * (length - window + 1));
    this.#shaker.cross(father.list, mother.list, child.list, from, from + window);
    const moves = Math.floor(length * MUTATION_SHARE + this.#random());
    for (let move = 0; move < moves; move++) this.#shaker.shift(child.list, this.#anyOf(child.list.order));
    this.#changeModes(child, this.#choosers.length * MUTATION_SHARE);
    this.#evaluate(child);
    this.#population.replaceWorst();
  }

  /** Local search from the best: a few tasks move or change their modes; what is not worse is kept. */
  #improve(): void {
    const current = this.#bestOne;
    while (this.#mayGoOn(1)) {
      const next = this.#population.spare;
      copyList(current.list, next.list);
      const kind = this.#random();
      const moves = 1 + Math.floor(this.#random() * MOST_MOVES);
      if (kind < 0.7)
        for (let move = 0; move < moves; move++) this.#shaker.shift(next.list, this.#anyOf(next.list.order));
      if (kind > 0.4) this.#changeModes(next, 0.5 + this.#choosers.length * MUTATION_SHARE * this.#random());
      this.#evaluate(next);
      if (next.makespanMs <= current.makespanMs) this.#keep(next);
    }
  }

  #changeModes({ list }: Individual, mean: number): void {
    if (this.#choosers.length === 0) return;
    const { modes } = this.#decoder;
    const changes = Math.floor(mean + this.#random());
    for (let change = 0; change < changes; change++) {
      const task = this.#anyOf(this.#choosers);
      const choice = Math.floor(this.#random() * (modeCount(modes, task) + 1)) - 1;
      list.wanted[task] = choice < 0 ? ANY_MODE : int32At(modes.offset, task) + choice;
    }
  }

  #evaluate(one: Individual): void {
    this.#decoder.forward(one.list.order, one.list.wanted);
    this.#decoder.justifyRight();
    this.#decoder.justifyLeft();
    this.#read(one);
    if (++this.#evaluated % PROGRESS_EVERY === 0) this.#tell();
  }

  /** Writes the schedule back as a list by starts, and its modes into every other one: the rest stay free to adapt. */
  #read(one: Individual): void {
    const { startMs, endMs, mode, makespanMs } = this.#decoder;
    const { order, wanted } = one.list;
    for (let task = 0; task < order.length; task++) order[task] = task;
    this.#sorter.sort(order, startMs);
    if (this.#random() < 0.5) wanted.set(mode);
    let sumMs = 0;
    for (let task = 0; task < endMs.length; task++) sumMs += float64At(endMs, task);
    one.makespanMs = makespanMs;
    one.sumMs = sumMs;
    if (isBetter(one, this.#bestOne)) this.#keep(one);
  }

  /** Takes an individual, decoded just now, for the best. */
  #keep(one: Individual): void {
    copyList(one.list, this.#bestOne.list);
    this.#bestOne.list.wanted.set(this.#decoder.mode);
    this.#bestOne.makespanMs = one.makespanMs;
    this.#bestOne.sumMs = one.sumMs;
    this.#best.startMs.set(this.#decoder.startMs);
    this.#best.endMs.set(this.#decoder.endMs);
    this.#best.mode.set(this.#decoder.mode);
    this.#best.builder.set(this.#decoder.builder);
    this.#best.makespanMs = one.makespanMs;
  }

  #anyOf(tasks: Int32Array): number {
    return int32At(tasks, Math.floor(this.#random() * tasks.length));
  }

  /** Whether there is something to gain and a pass left within this share of the schedules. */
  #mayGoOn(share: number): boolean {
    if (this.#best.makespanMs <= this.#lowerBoundMs || this.#isStopped) return false;
    return this.#decoder.schedulesUsed + PASSES <= this.#schedules * share;
  }

  #tell(): void {
    this.#watch.onProgress?.({
      schedulesUsed: this.#decoder.schedulesUsed,
      makespanMs: this.#best.makespanMs,
    });
    this.#isStopped = this.#watch.shouldStop?.() === true;
  }
}

/** About 8 for 1,000 schedules, 18 for 5,000, 57 for 50,000. */
function populationSize(schedules: number): number {
  return Math.max(8, Math.min(150, Math.round(14 * Math.sqrt(schedules / 3000))));
}
