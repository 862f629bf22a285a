import { int32At } from '../../base/cells.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { Random } from '../../base/random.ts';
import type { Dag } from '../../graph/dag.ts';
import type { TaskList } from './task-list.ts';

/** Crosses and shakes lists so that needs stay first. Holds what that takes, so that nothing is allocated. */
export class ListShaker {
  readonly #dag: Dag;
  readonly #random: Random;
  readonly #isTaken: Uint8Array;
  readonly #place: Int32Array;

  constructor(dag: Dag, random: Random) {
    this.#dag = dag;
    this.#random = random;
    this.#isTaken = new Uint8Array(dag.order.length);
    this.#place = new Int32Array(dag.order.length);
  }

  /**
   * Two-point crossover: the child begins and ends as the father does; between `from` and `to` stand the other tasks as the mother
   * orders them, in her modes.
   * @see Hartmann 1998, a competitive genetic algorithm for the RCPSP
   */
  cross(father: TaskList, mother: TaskList, child: TaskList, from: number, to: number): void {
    const taken = this.#isTaken.fill(0);
    const length = father.order.length;
    child.order.set(father.order);
    child.wanted.set(father.wanted);
    for (let place = 0; place < from; place++) taken[int32At(father.order, place)] = 1;
    let place = from;
    for (let index = 0; index < length && place < to; index++) {
      const task = int32At(mother.order, index);
      if (taken[task] === 1) continue;
      taken[task] = 1;
      child.order[place++] = task;
      child.wanted[task] = int32At(mother.wanted, task);
    }
    for (let index = from; index < length; index++) {
      const task = int32At(father.order, index);
      if (taken[task] === 0) child.order[place++] = task;
    }
  }

  /** Moves a task to a random place between the last of its needs and the first of its dependents. O(distance + edges of the task) */
  shift(list: TaskList, task: number): void {
    const { order } = list;
    const place = this.#place;
    for (let index = 0; index < order.length; index++) place[int32At(order, index)] = index;
    const { needs, dependents } = this.#dag;
    let low = 0;
    for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++)
      low = Math.max(low, int32At(place, int32At(needs.target, edge)) + 1);
    let high = order.length - 1;
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++)
      high = Math.min(high, int32At(place, int32At(dependents.target, edge)) - 1);
    // What runs already needn't stand behind its needs.
    if (high < low) return;
    const from = int32At(place, task);
    const to = low + Math.floor(this.#random() * (high - low + 1));
    if (to > from) order.copyWithin(from, from + 1, to + 1);
    else order.copyWithin(to + 1, to, from);
    order[to] = task;
  }
}
