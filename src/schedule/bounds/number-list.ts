/** A column of numbers that grows. */
export class NumberList {
  #cells = new Float64Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(value: number): void {
    if (this.#size === this.#cells.length) {
      const larger = new Float64Array(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.#size++] = value;
  }

  /** What was pushed, as a view. */
  column(): Float64Array {
    return this.#cells.subarray(0, this.#size);
  }
}
