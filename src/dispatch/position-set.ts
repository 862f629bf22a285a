import { int32At } from '../base/cells.ts';

/**
 * A set of the integers 0 .. size - 1 that finds the next member in few steps: one bit each, and one bit for each word of 32 of
 * them that is not empty. Add and remove are O(1), `next` is O(size / 1024).
 */
export class PositionSet {
  readonly #words: Int32Array;
  /** Bit `word`: that word has members. */
  readonly #filled: Int32Array;

  constructor(size: number) {
    this.#words = new Int32Array((size >> 5) + 1);
    // One more than the words need: `next` looks at the place behind the last one.
    this.#filled = new Int32Array((size >> 10) + 2);
  }

  has(position: number): boolean {
    return ((int32At(this.#words, position >> 5) >>> (position & 31)) & 1) === 1;
  }

  add(position: number): void {
    const word = position >> 5;
    this.#words[word] = int32At(this.#words, word) | (1 << (position & 31));
    this.#filled[word >> 5] = int32At(this.#filled, word >> 5) | (1 << (word & 31));
  }

  remove(position: number): void {
    const word = position >> 5;
    const rest = int32At(this.#words, word) & ~(1 << (position & 31));
    this.#words[word] = rest;
    if (rest === 0) this.#filled[word >> 5] = int32At(this.#filled, word >> 5) & ~(1 << (word & 31));
  }

  /** The first member at or after `position`, which is `size` at most; -1: there is none. */
  next(position: number): number {
    const word = position >> 5;
    const here = int32At(this.#words, word) & (-1 << (position & 31));
    if (here !== 0) return word * 32 + lowestBit(here);
    let block = (word + 1) >> 5;
    let filled = int32At(this.#filled, block) & (-1 << ((word + 1) & 31));
    while (filled === 0) {
      if (++block >= this.#filled.length) return -1;
      filled = int32At(this.#filled, block);
    }
    const next = block * 32 + lowestBit(filled);
    return next * 32 + lowestBit(int32At(this.#words, next));
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
