import { int32At } from './cells.ts';

/** Members for one cell of `#words`. */
const BITS = 32;

/** A set of small integers that is emptied in ascending order: cheaper than to sort them, and used over and over. */
export class AscendingSet {
  /** A bit for each member. */
  readonly #words: Int32Array;
  /** A bit for each cell of `#words` that isn't 0. */
  readonly #summary: Int32Array;

  /** @param limit members are below it */
  constructor(limit: number) {
    this.#words = new Int32Array(Math.ceil(limit / BITS));
    this.#summary = new Int32Array(Math.ceil(this.#words.length / BITS));
  }

  add(member: number): void {
    const word = member >>> 5;
    this.#words[word] = int32At(this.#words, word) | (1 << (member & 31));
    this.#summary[word >>> 5] = int32At(this.#summary, word >>> 5) | (1 << (word & 31));
  }

  /**
   * Takes all members out.
   * @param into gets them, ascending. @returns how many there were. O(members + limit / 1024)
   */
  drain(into: Int32Array): number {
    let count = 0;
    for (let cell = 0; cell < this.#summary.length; cell++) {
      for (let rest = int32At(this.#summary, cell); rest !== 0; rest &= rest - 1) {
        const word = cell * BITS + lowestBit(rest);
        for (let bits = int32At(this.#words, word); bits !== 0; bits &= bits - 1)
          into[count++] = word * BITS + lowestBit(bits);
        this.#words[word] = 0;
      }
      this.#summary[cell] = 0;
    }
    return count;
  }
}

/** Place of the lowest bit that is set. */
function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
