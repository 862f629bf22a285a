import { at } from '../base/column.ts';
import { float64At, int32At } from '../base/cells.ts';
import type { Problem } from '../dispatch/problem.ts';

/** Order and barriers of a queue. One cell a task each. */
export interface QueueOrder {
  /** The larger goes first, ties by lower task id. */
  readonly priority: Float64Array;
  /** Numbers ≥ 0: those of a lower one must all have ended. */
  readonly barrier: Int32Array;
}

/** The ready tasks of one architecture in order, as far as the barriers have let them through. Add and remove are O(ready). */
export class PhaseQueue {
  readonly #order: QueueOrder;
  /** Ready tasks behind the barrier, by number. */
  readonly #held: number[][] = [];
  /** Tasks of each number that have not ended. */
  readonly #left: number[] = [];
  readonly #ready: number[] = [];
  #open = 0;

  constructor(problem: Problem, arch: string, order: QueueOrder) {
    this.#order = order;
    for (let task = 0; task < problem.taskCount; task++) {
      if (problem.arch[task] !== arch) continue;
      const barrier = int32At(order.barrier, task);
      while (this.#left.length <= barrier) {
        this.#left.push(0);
        this.#held.push([]);
      }
      this.#left[barrier] = at(this.#left, barrier) + 1;
    }
    this.#openNext();
  }

  get length(): number {
    return this.#ready.length;
  }

  taskAt(place: number): number {
    return at(this.#ready, place);
  }

  removeAt(place: number): void {
    this.#ready.splice(place, 1);
  }

  /** Lets a ready task in, or keeps it behind its barrier. */
  add(task: number): void {
    const barrier = int32At(this.#order.barrier, task);
    if (barrier > this.#open) at(this.#held, barrier).push(task);
    else this.#insert(task);
  }

  /** Tells that a task has ended, or never starts. */
  leave(task: number): void {
    const barrier = int32At(this.#order.barrier, task);
    this.#left[barrier] = at(this.#left, barrier) - 1;
    this.#openNext();
  }

  #openNext(): void {
    while (this.#left[this.#open] === 0) {
      this.#open++;
      for (const task of this.#held[this.#open] ?? []) this.#insert(task);
    }
  }

  #insert(task: number): void {
    const { priority } = this.#order;
    const rank = float64At(priority, task);
    let low = 0;
    let high = this.#ready.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = at(this.#ready, middle);
      const otherRank = float64At(priority, other);
      if (otherRank > rank || (otherRank === rank && other < task)) low = middle + 1;
      else high = middle;
    }
    this.#ready.splice(low, 0, task);
  }
}
