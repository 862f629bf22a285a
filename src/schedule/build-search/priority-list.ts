import { float64At, int32At } from '../../base/cells.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { Dag } from '../../graph/dag.ts';

/** The list that a priority gives: of the tasks whose needs stand there already, the largest next, ties by lower task. */
export class PriorityList {
  readonly #dag: Dag;
  readonly #waits: Int32Array;
  readonly #heap: Int32Array;
  #size = 0;

  constructor(dag: Dag) {
    this.#dag = dag;
    this.#waits = new Int32Array(dag.order.length);
    this.#heap = new Int32Array(dag.order.length);
  }

  fill(priority: Float64Array, order: Int32Array): void {
    const { needs, dependents } = this.#dag;
    this.#size = 0;
    for (let task = 0; task < order.length; task++) {
      const waits = edgesTo(needs, task) - edgesFrom(needs, task);
      this.#waits[task] = waits;
      if (waits === 0) this.#push(task, priority);
    }
    for (let place = 0; place < order.length; place++) {
      const task = this.#pop(priority);
      order[place] = task;
      for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
        const dependent = int32At(dependents.target, edge);
        const left = int32At(this.#waits, dependent) - 1;
        this.#waits[dependent] = left;
        if (left === 0) this.#push(dependent, priority);
      }
    }
  }

  #push(task: number, priority: Float64Array): void {
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = int32At(this.#heap, parent);
      if (!comesBefore(task, above, priority)) break;
      this.#heap[hole] = above;
      hole = parent;
    }
    this.#heap[hole] = task;
  }

  #pop(priority: Float64Array): number {
    const first = int32At(this.#heap, 0);
    const last = int32At(this.#heap, --this.#size);
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#size) break;
      if (
        child + 1 < this.#size &&
        comesBefore(int32At(this.#heap, child + 1), int32At(this.#heap, child), priority)
      )
        child++;
      const below = int32At(this.#heap, child);
      if (!comesBefore(below, last, priority)) break;
      this.#heap[hole] = below;
      hole = child;
    }
    this.#heap[hole] = last;
    return first;
  }
}

function comesBefore(a: number, b: number, priority: Float64Array): boolean {
  const difference = float64At(priority, b) - float64At(priority, a);
  return difference === 0 ? a < b : difference < 0;
}
