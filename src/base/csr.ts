import { int32At } from './cells.ts';

/**
 * Adjacency in compressed sparse rows: the targets of row `r` are `target[offset[r] .. offset[r + 1])`.
 * Built once, never changed.
 */
export interface Csr {
  /** Length rows + 1, ascending. */
  readonly offset: Int32Array;
  /** One cell an edge, grouped by row, in the order in which the edges were given. */
  readonly target: Int32Array;
}

/** Pairs that grow: the edges of a `Csr` before their number is known. */
export class EdgeList {
  #from = new Int32Array(1024);
  #to = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(from: number, to: number): void {
    if (this.#size === this.#from.length) {
      this.#from = grow(this.#from);
      this.#to = grow(this.#to);
    }
    this.#from[this.#size] = from;
    this.#to[this.#size] = to;
    this.#size++;
  }

  from(): Int32Array {
    return this.#from.subarray(0, this.#size);
  }

  to(): Int32Array {
    return this.#to.subarray(0, this.#size);
  }
}

/** The edges of a list as rows; keeps the list's order inside a row. O(rows + edges). */
export function buildCsr(rowCount: number, edges: EdgeList): Csr {
  return sortIntoRows(rowCount, edges.from(), edges.to());
}

/** The same edges, reversed: row `t` of the result lists every `r` that has `t` as a target, ascending. */
export function transpose(csr: Csr, targetCount: number): Csr {
  const from = new Int32Array(csr.target.length);
  for (let row = 0; row < rowCount(csr); row++) from.fill(row, edgesFrom(csr, row), edgesTo(csr, row));
  return sortIntoRows(targetCount, csr.target, from);
}

/** Row `group`: the places of a column that hold it, ascending; negative cells are in no row. O(groups + cells) */
export function groupCells(column: Int32Array, groupCount: number): Csr {
  const offset = new Int32Array(groupCount + 1);
  for (const group of column) if (group >= 0) offset[group + 1] = int32At(offset, group + 1) + 1;
  for (let group = 0; group < groupCount; group++)
    offset[group + 1] = int32At(offset, group + 1) + int32At(offset, group);
  const cursor = offset.slice(0, groupCount);
  const target = new Int32Array(int32At(offset, groupCount));
  for (let place = 0; place < column.length; place++) {
    const group = int32At(column, place);
    if (group < 0) continue;
    const cell = int32At(cursor, group);
    target[cell] = place;
    cursor[group] = cell + 1;
  }
  return { offset, target };
}

/** The same rows, each ascending and without doubles. O(edges log edges of a row) */
export function distinctRows(csr: Csr): Csr {
  const edges = new EdgeList();
  for (let index = 0; index < rowCount(csr); index++) {
    const start = edgesFrom(csr, index);
    const end = edgesTo(csr, index);
    if (end - start < 2) {
      if (end > start) edges.push(index, int32At(csr.target, start));
      continue;
    }
    let last = -1;
    for (const target of csr.target.slice(start, end).sort()) {
      if (target !== last) edges.push(index, target);
      last = target;
    }
  }
  return buildCsr(rowCount(csr), edges);
}

export function rowCount(csr: Csr): number {
  return csr.offset.length - 1;
}

/** First edge of a row; loop `for (let edge = edgesFrom(csr, row); edge < edgesTo(csr, row); edge++)`. */
export function edgesFrom(csr: Csr, row: number): number {
  return int32At(csr.offset, row);
}

/** One past the last edge of a row. */
export function edgesTo(csr: Csr, row: number): number {
  return int32At(csr.offset, row + 1);
}

/** The targets of one row, as a view. */
export function row(csr: Csr, index: number): Int32Array {
  return csr.target.subarray(edgesFrom(csr, index), edgesTo(csr, index));
}

function sortIntoRows(rowCount: number, from: Int32Array, to: Int32Array): Csr {
  const offset = new Int32Array(rowCount + 1);
  for (let edge = 0; edge < from.length; edge++) {
    const next = int32At(from, edge) + 1;
    offset[next] = int32At(offset, next) + 1;
  }
  for (let index = 0; index < rowCount; index++)
    offset[index + 1] = int32At(offset, index + 1) + int32At(offset, index);
  const cursor = offset.slice(0, rowCount);
  const target = new Int32Array(from.length);
  for (let edge = 0; edge < from.length; edge++) {
    const origin = int32At(from, edge);
    const place = int32At(cursor, origin);
    target[place] = int32At(to, edge);
    cursor[origin] = place + 1;
  }
  return { offset, target };
}

function grow(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}
