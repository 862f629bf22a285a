import { float64At } from '../../base/cells.ts';
import { cell } from './cell.ts';
import type { Random } from '../../base/random.ts';
import type { Project } from '../project.ts';
import type { Individual } from './individual.ts';

/** The window is at least this part of the makespan. */
const SHORTEST_WINDOW = 0.1;

/**
 * Peak crossover: the child has the father's order in the window of time in which his schedule uses most, and the mother's order
 * before and behind it.
 * @see Debels & Vanhoucke 2007, A decomposition-based genetic algorithm for the RCPSP
 */
export class Crossover {
  readonly #weight: Float64Array;
  readonly #part: Uint8Array;
  readonly #random: Random;
  readonly #longestWindow: number;
  #windowStart = 0;
  #windowEnd = 0;

  /** @param longestWindow the window is at most this part of the makespan */
  constructor(project: Project, longestWindow: number, random: Random) {
    this.#longestWindow = longestWindow;
    this.#weight = weigh(project);
    this.#part = new Uint8Array(project.taskCount);
    this.#random = random;
  }

  /** @param order and @param mode take the child */
  cross(father: Individual, mother: Individual, order: Int32Array, mode: Int32Array): void {
    this.#findPeak(father);
    const from = this.#windowStart;
    const to = this.#windowEnd;
    this.#part.fill(0);
    for (let index = from; index < to; index++) this.#part[cell(father.order, index)] = 1;
    for (let index = to; index < order.length; index++) this.#part[cell(father.order, index)] = 2;
    order.set(father.order.subarray(from, to), from);
    let before = 0;
    let behind = to;
    for (let index = 0; index < order.length; index++) {
      const task = cell(mother.order, index);
      const part = this.#part[task];
      if (part === 0) order[before++] = task;
      else if (part === 2) order[behind++] = task;
      mode[task] = cell(part === 1 ? father.mode : mother.mode, task);
    }
  }

  /** The window of a random length whose tasks have the most work, as places in the father's list. */
  #findPeak({ order, time, mode, makespan }: Individual): void {
    const part = SHORTEST_WINDOW + this.#random() * (this.#longestWindow - SHORTEST_WINDOW);
    const length = part * makespan;
    let work = 0;
    let most = -1;
    let first = 0;
    for (let last = 0; last < order.length; last++) {
      const task = cell(order, last);
      work += float64At(this.#weight, cell(mode, task));
      while (cell(time, cell(order, first)) < cell(time, task) - length)
        work -= float64At(this.#weight, cell(mode, cell(order, first++)));
      if (work <= most) continue;
      most = work;
      this.#windowStart = first;
      this.#windowEnd = last + 1;
    }
  }
}

/** Of each mode, its duration × the sum of its demands, each as a part of the capacity. */
function weigh({ duration, capacities, demand }: Project): Float64Array {
  return Float64Array.from(duration, (length, mode) => {
    let sum = 0;
    for (let resource = 0; resource < capacities.length; resource++) {
      const taken = cell(demand, mode * capacities.length + resource);
      if (taken > 0) sum += taken / cell(capacities, resource);
    }
    return length * sum;
  });
}
