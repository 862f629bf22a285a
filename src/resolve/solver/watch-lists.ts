import { at } from '../../base/column.ts';

const NONE = -1;

/** Who wants to hear of what: each entry is in the list of at most one key. All but `clear` is O(1). */
export class WatchLists {
  readonly #first: Int32Array;
  #next: Int32Array;
  #previous: Int32Array;
  #key: Int32Array;
  /** Keys that may have a list, some of them twice. */
  readonly #used: number[] = [];

  /** @param entryCount how many entries there is room for; room for more is made when they come */
  constructor(keyCount: number, entryCount: number) {
    this.#first = new Int32Array(keyCount).fill(NONE);
    this.#next = new Int32Array(entryCount);
    this.#previous = new Int32Array(entryCount);
    this.#key = new Int32Array(entryCount).fill(NONE);
  }

  /** The list's first entry, or -1. */
  first(key: number): number {
    return at(this.#first, key);
  }

  /** The entry that follows in the same list, or -1. */
  next(entry: number): number {
    return at(this.#next, entry);
  }

  /** What the entry listens to, or -1. */
  keyOf(entry: number): number {
    return this.#key[entry] ?? NONE;
  }

  /** Puts an entry at the front of a list and takes it out of the one it was in. */
  watch(entry: number, key: number): void {
    if (entry >= this.#key.length) this.#grow(entry + 1);
    this.unwatch(entry);
    const first = at(this.#first, key);
    if (first === NONE) this.#used.push(key);
    else this.#previous[first] = entry;
    this.#first[key] = entry;
    this.#next[entry] = first;
    this.#previous[entry] = NONE;
    this.#key[entry] = key;
  }

  unwatch(entry: number): void {
    const key = this.keyOf(entry);
    if (key === NONE) return;
    const next = at(this.#next, entry);
    const previous = at(this.#previous, entry);
    if (previous === NONE) this.#first[key] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    this.#key[entry] = NONE;
  }

  /** Empties all lists. O(calls of `watch` since the last time). */
  clear(): void {
    for (const key of this.#used) {
      for (let entry = this.first(key); entry !== NONE; entry = this.next(entry)) this.#key[entry] = NONE;
      this.#first[key] = NONE;
    }
    this.#used.length = 0;
  }

  #grow(least: number): void {
    const length = Math.max(least, 2 * this.#key.length);
    const grown = [this.#next, this.#previous, this.#key].map((column) => {
      const larger = new Int32Array(length).fill(NONE);
      larger.set(column);
      return larger;
    });
    this.#next = at(grown, 0);
    this.#previous = at(grown, 1);
    this.#key = at(grown, 2);
  }
}
