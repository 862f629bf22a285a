import { cell } from './cell.ts';
import type { Random } from '../../base/random.ts';
import type { Project } from '../project.ts';
import type { Decoder } from './decoder.ts';
import type { TaskList } from './task-list.ts';

/** After a schedule that was made before, tasks change more often; after a new one, less. */
const RAISE = 1.1;
const LOWER = 0.97;

/** How much is changed at random: by as much as it takes to make new schedules. */
export class Strength {
  #value: number;
  readonly #least: number;
  readonly #most: number;

  constructor(value: number, least: number, most: number) {
    this.#value = value;
    this.#least = least;
    this.#most = most;
  }

  get value(): number {
    return this.#value;
  }

  adapt(isNew: boolean): void {
    this.#value = isNew
      ? Math.max(this.#least, this.#value * LOWER)
      : Math.min(this.#most, this.#value * RAISE);
  }
}

/** Random changes of a list and of modes. */
export class Mutation {
  readonly #project: Project;
  readonly #random: Random;
  readonly #isMultiMode: boolean;

  constructor(project: Project, random: Random) {
    this.#project = project;
    this.#isMultiMode = project.duration.length > project.taskCount;
    this.#random = random;
  }

  /** Moves each task of the list with a probability, and gives as many another mode. */
  mutate(list: TaskList, modes: Int32Array, decoder: Decoder, rate: number): void {
    list.number();
    for (let task = 0; task < modes.length; task++) {
      if (this.#random() < rate) list.move(task, decoder.needs, decoder.dependents);
      if (this.#isMultiMode && this.#random() < rate) this.#changeMode(modes, task);
    }
  }

  /** Moves a number of tasks that stand within a window of the list, and may change their modes. */
  kick(list: TaskList, modes: Int32Array, decoder: Decoder, moves: number, windowPart: number): void {
    const length = Math.ceil(list.order.length * windowPart);
    const first = Math.floor(this.#random() * (list.order.length - length + 1));
    list.number();
    for (let move = 0; move < moves; move++) {
      const task = cell(list.order, first + Math.floor(this.#random() * length));
      list.move(task, decoder.needs, decoder.dependents);
      if (this.#isMultiMode && this.#random() < 0.5) this.#changeMode(modes, task);
    }
  }

  #changeMode(modes: Int32Array, task: number): void {
    const first = cell(this.#project.modeOffset, task);
    const count = cell(this.#project.modeOffset, task + 1) - first;
    if (count > 1) modes[task] = first + Math.floor(this.#random() * count);
  }
}
