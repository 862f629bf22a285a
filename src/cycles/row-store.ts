import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import type { Csr } from '../base/csr.ts';

/** Rows that grow, each kept once: the same numbers in the same order give the same row. Row 0 is the empty one. */
export class RowStore {
  #target = new Int32Array(1024);
  readonly #offset: number[] = [0, 0];
  /** By a hash of what they hold, the last of the rows that have it; and by row, the one before. */
  readonly #byHash = new Map<number, number>([[hash(new Int32Array()), 0]]);
  readonly #before: number[] = [-1];

  /** @returns the row that holds just these numbers */
  intern(cells: Int32Array): number {
    const key = hash(cells);
    const latest = this.#byHash.get(key) ?? -1;
    for (let row = latest; row !== -1; row = this.#before[row] ?? -1)
      if (this.#isSame(row, cells)) return row;
    const start = this.#offset[this.#offset.length - 1] ?? 0;
    const end = start + cells.length;
    if (end > this.#target.length) this.#grow(end);
    for (let index = 0; index < cells.length; index++) this.#target[start + index] = int32At(cells, index);
    const row = this.#offset.push(end) - 2;
    this.#byHash.set(key, row);
    this.#before.push(latest);
    return row;
  }

  /** How many rows there are. */
  get size(): number {
    return this.#offset.length - 1;
  }

  /** First place of a row among all cells. */
  from(row: number): number {
    return at(this.#offset, row);
  }

  /** One past its last place. */
  to(row: number): number {
    return at(this.#offset, row + 1);
  }

  /** All cells; a view that the next `intern` may leave behind. */
  cells(): Int32Array {
    return this.#target;
  }

  length(row: number): number {
    return at(this.#offset, row + 1) - at(this.#offset, row);
  }

  /** The first number of a row that is not empty. */
  first(row: number): number {
    return at(this.#target, at(this.#offset, row));
  }

  toCsr(): Csr {
    const offset = Int32Array.from(this.#offset);
    return { offset, target: this.#target.slice(0, at(offset, offset.length - 1)) };
  }

  #isSame(row: number, cells: Int32Array): boolean {
    if (this.length(row) !== cells.length) return false;
    const start = at(this.#offset, row);
    for (let index = 0; index < cells.length; index++) {
      if (this.#target[start + index] !== cells[index]) return false;
    }
    return true;
  }

  #grow(atLeast: number): void {
    const larger = new Int32Array(Math.max(atLeast, this.#target.length * 2));
    larger.set(this.#target);
    this.#target = larger;
  }
}

/** FNV-1a over the numbers. */
function hash(cells: Int32Array): number {
  let mixed = 0x811c9dc5;
  for (let index = 0; index < cells.length; index++)
    mixed = Math.imul(mixed ^ int32At(cells, index), 0x01000193);
  return mixed;
}
