/** A column of whole numbers that grows as far as it is written; what was never written is 0. */
export class NumberTable {
  #cells: Int32Array;

  constructor(capacity = 16) {
    this.#cells = new Int32Array(capacity);
  }

  get(index: number): number {
    return this.#cells[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#cells.length) {
      const larger = new Int32Array(Math.max(index + 1, this.#cells.length * 2));
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[index] = value;
  }

  /** The first cells, copied. */
  cells(count: number): Int32Array {
    const cells = new Int32Array(count);
    cells.set(this.#cells.subarray(0, count));
    return cells;
  }
}
