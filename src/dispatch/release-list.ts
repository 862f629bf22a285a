import { at } from '../base/column.ts';
import { Demand } from './demand.ts';

interface Entry {
  task: number;
  endMs: number;
  readonly demand: Demand;
}

/**
 * What ends when, and what it gives back: builds by expected end. Every change is O(length), which is the number of slots at
 * most; entries that have left are used again.
 */
export class ReleaseList {
  readonly #entries: Entry[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Infinity behind the last one. */
  endMs(index: number): number {
    return index < this.#length ? at(this.#entries, index).endMs : Infinity;
  }

  demand(index: number): Demand {
    return at(this.#entries, index).demand;
  }

  clear(): void {
    this.#length = 0;
  }

  insert(task: number, endMs: number, demand: Demand): void {
    const entries = this.#entries;
    if (this.#length === entries.length) entries.push({ task: -1, endMs: 0, demand: new Demand() });
    const entry = at(entries, this.#length);
    let place = this.#length++;
    for (; place > 0; place--) {
      const before = at(entries, place - 1);
      if (before.endMs <= endMs) break;
      entries[place] = before;
    }
    entry.task = task;
    entry.endMs = endMs;
    entry.demand.copy(demand);
    entries[place] = entry;
  }

  remove(task: number): void {
    const entries = this.#entries;
    let place = 0;
    while (place < this.#length && at(entries, place).task !== task) place++;
    if (place === this.#length) throw new Error(`BUG: task ${String(task)} is not in the list`);
    const entry = at(entries, place);
    this.#length--;
    for (; place < this.#length; place++) entries[place] = at(entries, place + 1);
    entries[this.#length] = entry;
  }
}
