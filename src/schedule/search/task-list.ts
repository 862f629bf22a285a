import { cell } from './cell.ts';
import { edgesFrom, edgesTo, type Csr } from '../../base/csr.ts';
import type { Random } from '../../base/random.ts';

/** A list of tasks in which needs come first, and what changes it without breaking that. */
export class TaskList {
  readonly order: Int32Array;
  readonly #position: Int32Array;
  readonly #random: Random;

  constructor(taskCount: number, random: Random) {
    this.order = new Int32Array(taskCount);
    this.#position = new Int32Array(taskCount);
    this.#random = random;
  }

  set(order: Int32Array): void {
    this.order.set(order);
  }

  /** Must be called after the order was written and before tasks are moved. */
  number(): void {
    for (let index = 0; index < this.order.length; index++) this.#position[cell(this.order, index)] = index;
  }

  /** Moves a task to a random place between the last of its needs and the first of its dependents. */
  move(task: number, needs: Csr, dependents: Csr): void {
    const position = this.#position;
    let low = 0;
    let high = this.order.length - 1;
    for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++)
      low = Math.max(low, cell(position, cell(needs.target, edge)) + 1);
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++)
      high = Math.min(high, cell(position, cell(dependents.target, edge)) - 1);
    if (low < high) this.#shift(task, low + Math.floor(this.#random() * (high - low + 1)));
  }

  #shift(task: number, to: number): void {
    const { order } = this;
    const position = this.#position;
    const from = cell(position, task);
    const step = to < from ? -1 : 1;
    for (let index = from; index !== to; index += step) {
      const other = cell(order, index + step);
      order[index] = other;
      position[other] = index;
    }
    order[to] = task;
    position[task] = to;
  }
}
