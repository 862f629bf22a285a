import { float64At, int32At } from '../base/cells.ts';
import type { Demand } from './demand.ts';

/** Amounts of a demand that an entry gives back. */
const WIDTH = 4;

/**
 * What ends when, and what it gives back: builds by expected end, equal ends in the order of insertion. Every change is O(length),
 * which is the number of slots at most. Entries stay where they are and are used again; their order is a list of its own.
 */
export class ReleaseList {
  /** By rising end; behind `length`, the entries that are free. */
  #order = new Int32Array(0);
  #task = new Int32Array(0);
  #endMs = new Float64Array(0);
  /** Row `entry`: RAM disk, memory, places on disk, processors. */
  #amounts = new Float64Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Infinity behind the last one. */
  endMs(index: number): number {
    return index < this.#length ? float64At(this.#endMs, int32At(this.#order, index)) : Infinity;
  }

  /** Adds what the entry gives back. */
  addTo(demand: Demand, index: number): void {
    const row = int32At(this.#order, index) * WIDTH;
    const amounts = this.#amounts;
    demand.ramDiskBytes += float64At(amounts, row);
    demand.memoryBytes += float64At(amounts, row + 1);
    demand.diskSlots += float64At(amounts, row + 2);
    demand.cores += float64At(amounts, row + 3);
  }

  clear(): void {
    this.#length = 0;
  }

  insert(task: number, endMs: number, demand: Demand): void {
    if (this.#length === this.#order.length) this.#grow();
    const order = this.#order;
    const entry = int32At(order, this.#length);
    let place = this.#length++;
    for (; place > 0; place--) {
      const before = int32At(order, place - 1);
      if (float64At(this.#endMs, before) <= endMs) break;
      order[place] = before;
    }
    order[place] = entry;
    this.#task[entry] = task;
    this.#endMs[entry] = endMs;
    const row = entry * WIDTH;
    this.#amounts[row] = demand.ramDiskBytes;
    this.#amounts[row + 1] = demand.memoryBytes;
    this.#amounts[row + 2] = demand.diskSlots;
    this.#amounts[row + 3] = demand.cores;
  }

  remove(task: number): void {
    const order = this.#order;
    let place = 0;
    while (place < this.#length && this.#task[int32At(order, place)] !== task) place++;
    if (place === this.#length) throw new Error(`BUG: task ${String(task)} is not in the list`);
    const entry = int32At(order, place);
    this.#length--;
    order.copyWithin(place, place + 1, this.#length + 1);
    order[this.#length] = entry;
  }

  #grow(): void {
    const size = Math.max(4, 2 * this.#length);
    const order = Int32Array.from({ length: size }, (_, entry) => entry);
    order.set(this.#order);
    this.#order = order;
    this.#task = resized(this.#task, new Int32Array(size));
    this.#endMs = resized(this.#endMs, new Float64Array(size));
    this.#amounts = resized(this.#amounts, new Float64Array(size * WIDTH));
  }
}

function resized<T extends Int32Array | Float64Array>(column: T, larger: T): T {
  larger.set(column);
  return larger;
}
