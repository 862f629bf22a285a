import { at } from './column.ts';

/**
 * A binary heap of the numbers 0 .. size - 1 whose keys may change while they are in it. Every operation is O(log n),
 * nothing is allocated.
 */
export class IndexedHeap {
  readonly #comesBefore: (a: number, b: number) => boolean;
  readonly #heap: Int32Array;
  /** Place of each item in the heap; -1: not in it. */
  readonly #place: Int32Array;
  #size = 0;

  /** @param comesBefore a strict total order by the items' current keys */
  constructor(size: number, comesBefore: (a: number, b: number) => boolean) {
    this.#comesBefore = comesBefore;
    this.#heap = new Int32Array(size);
    this.#place = new Int32Array(size).fill(-1);
  }

  /** Puts an item in, or moves it to where its changed key belongs. */
  update(item: number): void {
    let place = at(this.#place, item);
    if (place === -1) {
      place = this.#size++;
      this.#put(item, place);
    }
    this.#sinkDown(this.#riseUp(place));
  }

  /** Takes the first item out; undefined when the heap is empty. */
  pop(): number | undefined {
    if (this.#size === 0) return undefined;
    const first = at(this.#heap, 0);
    const last = at(this.#heap, --this.#size);
    this.#place[first] = -1;
    if (last !== first) {
      this.#put(last, 0);
      this.#sinkDown(0);
    }
    return first;
  }

  #riseUp(start: number): number {
    let place = start;
    const item = at(this.#heap, place);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = at(this.#heap, parent);
      if (!this.#comesBefore(item, above)) break;
      this.#put(above, place);
      place = parent;
    }
    this.#put(item, place);
    return place;
  }

  #sinkDown(start: number): void {
    let place = start;
    const item = at(this.#heap, place);
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (right < this.#size && this.#comesBefore(at(this.#heap, right), at(this.#heap, child)))
        child = right;
      const below = at(this.#heap, child);
      if (!this.#comesBefore(below, item)) break;
      this.#put(below, place);
      place = child;
    }
    this.#put(item, place);
  }

  #put(item: number, place: number): void {
    this.#heap[place] = item;
    this.#place[item] = place;
  }
}
