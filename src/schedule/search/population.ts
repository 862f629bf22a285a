import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import type { Project, ProjectSchedule } from '../project.ts';
import { Crossover } from './crossover.ts';
import type { Evaluation } from './evaluation.ts';
import { BACKWARD, type Direction, FORWARD, Individual, opposite } from './individual.ts';
import { Mutation, Strength } from './mutation.ts';
import { PriorityLists } from './priority-lists.ts';
import type { SearchSettings } from './settings.ts';
import { TaskList } from './task-list.ts';
import { TimeSort } from './time-sort.ts';

/** A child is compared with the worst of so many members. */
const RIVALS = 4;

/**
 * Two populations, one for passes in each direction. Children of the one are decoded into the other, so that each pass of the
 * genetic algorithm is a justification as well.
 * @see Debels & Vanhoucke 2007, A decomposition-based genetic algorithm for the RCPSP
 */
export class Population {
  readonly #project: Project;
  readonly #evaluation: Evaluation;
  /** `#members[d]` get their next pass in direction d. */
  readonly #members: readonly [readonly Individual[], readonly Individual[]];
  readonly #child: Individual;
  readonly #list: TaskList;
  readonly #mode: Int32Array;
  readonly #crossover: Crossover;
  readonly #mutation: Mutation;
  readonly #strength = new Strength(0.015, 0.01, 0.3);
  #direction: Direction = FORWARD;

  constructor(project: Project, evaluation: Evaluation, settings: SearchSettings) {
    const makeMembers = (): readonly Individual[] =>
      Array.from({ length: settings.populationSize }, () => new Individual(project.taskCount));
    this.#project = project;
    this.#evaluation = evaluation;
    this.#members = [makeMembers(), makeMembers()];
    this.#child = new Individual(project.taskCount);
    this.#list = new TaskList(project.taskCount, evaluation.random);
    this.#mode = new Int32Array(project.taskCount);
    this.#crossover = new Crossover(project, settings.longestWindow, evaluation.random);
    this.#mutation = new Mutation(project, evaluation.random);
  }

  /** The member with the least cost, and in which direction its next pass goes. */
  best(): { readonly member: Individual; readonly direction: Direction } {
    let best: { readonly member: Individual; readonly direction: Direction } | undefined;
    for (const direction of [FORWARD, BACKWARD] as const)
      for (const member of this.#members[direction])
        if (best === undefined || member.cost < best.member.cost) best = { member, direction };
    if (best === undefined) throw new Error('BUG: a population has members');
    return best;
  }

  /** Fills both populations from schedules that are given, then from sampled lists, two of three by the parallel scheme. */
  seed(initial: readonly ProjectSchedule[]): void {
    const { decoders, random } = this.#evaluation;
    const { order } = this.#project.dag;
    const lists = [
      new PriorityLists(this.#project, decoders[FORWARD], order, random),
      new PriorityLists(this.#project, decoders[BACKWARD], order.slice().reverse(), random),
    ];
    for (let index = 0; index < this.#members[FORWARD].length && !this.#evaluation.isDone(); index++) {
      const given = initial[index];
      const round = index - initial.length;
      const direction = given === undefined && round % 2 === 1 ? BACKWARD : FORWARD;
      if (given === undefined) {
        this.#drawModes(round < 2);
        const source = at(lists, direction);
        if ((round >> 1) % 3 === 2) source.sample(this.#list.order);
        else source.sampleParallel(this.#list.order, this.#mode, round < 2);
      } else this.#takeGiven(given);
      this.#evaluateSeed(direction, index, given !== undefined);
    }
  }

  #evaluateSeed(direction: Direction, index: number, isGiven: boolean): void {
    const back = opposite(direction);
    const first = at(this.#members[back], index);
    const second = at(this.#members[direction], index);
    if (isGiven) this.#evaluation.run(direction, this.#list.order, this.#mode, first, false);
    else this.#evaluation.run(direction, this.#list.order, this.#mode, first);
    if (!this.#evaluation.isDone()) this.#evaluation.run(back, first.order, first.mode, second);
  }

  #takeGiven(given: ProjectSchedule): void {
    this.#list.set(this.#project.dag.order);
    new TimeSort(given.start.length).sort(this.#list.order, given.start, given.makespan);
    this.#mode.set(given.mode);
  }

  /** The shortest mode of each task, or any. */
  #drawModes(isShortest: boolean): void {
    const { modeOffset, duration } = this.#project;
    for (let task = 0; task < this.#mode.length; task++) {
      const first = int32At(modeOffset, task);
      const end = int32At(modeOffset, task + 1);
      let mode = first + Math.floor(this.#evaluation.random() * (end - first));
      for (let other = first; isShortest && other < end; other++)
        if (int32At(duration, other) < int32At(duration, mode)) mode = other;
      this.#mode[task] = mode;
    }
  }

  /** One child for each member of the population whose turn it is. */
  breed(): void {
    const { random, decoders } = this.#evaluation;
    const direction = this.#direction;
    const parents = this.#members[direction];
    const children = this.#members[opposite(direction)];
    this.#direction = opposite(direction);
    for (let index = 0; index < parents.length && !this.#evaluation.isDone(); index++) {
      const first = at(parents, index);
      const second = this.#mateOf(index, parents);
      const [father, mother] = random() < 0.5 ? [first, second] : [second, first];
      this.#crossover.cross(father, mother, this.#list.order, this.#mode);
      this.#mutation.mutate(this.#list, this.#mode, decoders[direction], this.#strength.value);
      const isNew = this.#evaluation.run(direction, this.#list.order, this.#mode, this.#child);
      this.#strength.adapt(isNew);
      if (isNew) this.#replace(children);
    }
  }

  /** The better of two others. */
  #mateOf(index: number, members: readonly Individual[]): Individual {
    const { random } = this.#evaluation;
    const one = Math.floor(random() * members.length);
    const other = Math.floor(random() * members.length);
    const mate = at(members, other).cost < at(members, one).cost ? other : one;
    return at(members, mate === index ? (mate + 1) % members.length : mate);
  }

  /** The child takes the place of the worst of some members, if it is no worse. */
  #replace(members: readonly Individual[]): void {
    const { random } = this.#evaluation;
    let worst = at(members, Math.floor(random() * members.length));
    for (let rival = 1; rival < RIVALS; rival++) {
      const other = at(members, Math.floor(random() * members.length));
      if (other.cost > worst.cost) worst = other;
    }
    if (this.#child.cost <= worst.cost) worst.copyFrom(this.#child);
  }
}
