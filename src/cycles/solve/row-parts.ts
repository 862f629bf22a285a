import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo, rowCount, type Csr } from '../../base/csr.ts';

/** Rows shorter than that are their nodes. */
const LEAST_NESTED = 3;

/**
 * Writes rows by means of each other: most hold what a smaller one does and a few nodes more, since what installs a package
 * installs all that it depends on. What leads from row to row then has a tenth of the cells.
 * @param rows of nodes 0 .. size - 1, each ascending
 * @returns row by row, its parts: a node, or `size` + a smaller row. All nodes that the parts of a row lead to are its nodes
 */
export function rowParts(rows: Csr, size: number): Csr {
  const nester = new RowNester(rows, size);
  const edges = new EdgeList();
  for (let row = 0; row < rowCount(rows); row++) nester.addParts(row, edges);
  return buildCsr(rowCount(rows), edges);
}

class RowNester {
  readonly #rows: Csr;
  readonly #size: number;
  /** For each node the rows of which it is the rarest: a row that holds another one holds the rarest node of that. */
  readonly #byRarest: readonly number[][];
  /** 1 + the last row that holds each node not yet covered; 0: none. */
  readonly #holder: Int32Array;

  constructor(rows: Csr, size: number) {
    this.#rows = rows;
    this.#size = size;
    this.#holder = new Int32Array(size);
    const holders = new Int32Array(size);
    for (const node of rows.target) holders[node] = int32At(holders, node) + 1;
    this.#byRarest = Array.from({ length: size }, (): number[] => []);
    for (let row = 0; row < rowCount(rows); row++) {
      let rarest = -1;
      for (let cell = edgesFrom(rows, row); cell < edgesTo(rows, row); cell++) {
        const node = int32At(rows.target, cell);
        if (rarest === -1 || int32At(holders, node) < int32At(holders, rarest)) rarest = node;
      }
      if (this.#length(row) > 1) at(this.#byRarest, rarest).push(row);
    }
  }

  /** The largest rows that a row holds, each for what the ones before left, then single nodes. */
  addParts(row: number, edges: EdgeList): void {
    const { target } = this.#rows;
    const from = edgesFrom(this.#rows, row);
    const to = edgesTo(this.#rows, row);
    for (let cell = from; cell < to; cell++) this.#holder[int32At(target, cell)] = row + 1;
    if (to - from >= LEAST_NESTED) {
      for (const other of this.#heldBy(row)) {
        if (this.#countLeft(other, row) < 2) continue;
        edges.push(row, this.#size + other);
        for (let cell = edgesFrom(this.#rows, other); cell < edgesTo(this.#rows, other); cell++)
          this.#holder[int32At(target, cell)] = 0;
      }
    }
    for (let cell = from; cell < to; cell++) {
      const node = int32At(target, cell);
      if (this.#holder[node] === row + 1) edges.push(row, node);
    }
  }

  /** The smaller rows of two nodes or more whose nodes a row holds, the largest first. */
  #heldBy(row: number): readonly number[] {
    const length = this.#length(row);
    const found: number[] = [];
    for (let cell = edgesFrom(this.#rows, row); cell < edgesTo(this.#rows, row); cell++) {
      for (const other of at(this.#byRarest, int32At(this.#rows.target, cell))) {
        if (this.#length(other) < length && this.#isHeld(other, row)) found.push(other);
      }
    }
    return found.sort((a, b) => this.#length(b) - this.#length(a) || a - b);
  }

  #isHeld(other: number, row: number): boolean {
    for (let cell = edgesFrom(this.#rows, other); cell < edgesTo(this.#rows, other); cell++)
      if (this.#holder[int32At(this.#rows.target, cell)] !== row + 1) return false;
    return true;
  }

  /** How many nodes of a row another one holds that are not covered. */
  #countLeft(other: number, row: number): number {
    let count = 0;
    for (let cell = edgesFrom(this.#rows, other); cell < edgesTo(this.#rows, other); cell++)
      if (this.#holder[int32At(this.#rows.target, cell)] === row + 1) count++;
    return count;
  }

  #length(row: number): number {
    return edgesTo(this.#rows, row) - edgesFrom(this.#rows, row);
  }
}
