import { at } from './column.ts';

/** A binary heap over a total order: `pop` gives the item that comes first. Push and pop are O(log n). */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    let hole = this.#items.push(item) - 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = at(this.#items, parent);
      if (this.#compare(above, item) <= 0) break;
      this.#items[hole] = above;
      hole = parent;
    }
    this.#items[hole] = item;
  }

  pop(): T | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (last === undefined || this.#items.length === 0) return first;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#items.length) break;
      if (
        child + 1 < this.#items.length &&
        this.#compare(at(this.#items, child + 1), at(this.#items, child)) < 0
      )
        child++;
      if (this.#compare(last, at(this.#items, child)) <= 0) break;
      this.#items[hole] = at(this.#items, child);
      hole = child;
    }
    this.#items[hole] = last;
    return first;
  }
}
