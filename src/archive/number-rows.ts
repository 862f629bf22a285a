import { int32At } from '../base/cells.ts';
import type { Csr } from '../base/csr.ts';

/** Rows of whole numbers, given one after the other: one column for all, where an array for each would fill the memory. */
export class NumberRows {
  #cells = new Int32Array(1024);
  #size = 0;
  /** Where each row begins, and behind them where the next one will. */
  #starts = new Int32Array(1024);
  #count = 0;

  /** How many cells there are in all rows. */
  get size(): number {
    return this.#size;
  }

  push(value: number): void {
    if (this.#size === this.#cells.length) this.#cells = doubled(this.#cells);
    this.#cells[this.#size++] = value;
  }

  /** Ends a row. @returns its number */
  endRow(): number {
    this.#count++;
    if (this.#count === this.#starts.length) this.#starts = doubled(this.#starts);
    this.#starts[this.#count] = this.#size;
    return this.#count - 1;
  }

  /** The first cell of a row. */
  from(row: number): number {
    return int32At(this.#starts, row);
  }

  /** One past its last. */
  to(row: number): number {
    return int32At(this.#starts, row + 1);
  }

  at(cell: number): number {
    return int32At(this.#cells, cell);
  }

  toCsr(): Csr {
    return { offset: this.#starts.slice(0, this.#count + 1), target: this.#cells.slice(0, this.#size) };
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}
