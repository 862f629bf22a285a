import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, row, rowCount, transpose, type Csr } from '../../base/csr.ts';
import type { Piece } from './piece.ts';
import { ownItems } from './wait-graph.ts';

/**
 * Visits the cycles of two nodes, whatever is given up, but no more than `most`: the item of the later node, and that of the
 * earlier one. O(nodes that all items wait for)
 */
export function findPairs(piece: Piece, most: number, visit: (item: number, back: number) => void): void {
  new PairFinder(piece).run(most, visit);
}

class PairFinder {
  readonly #piece: Piece;
  readonly #rowsOf: Csr;
  readonly #itemsOfRow: Csr;
  /** By node: the last later one that it waits for, and the last one that waits for it too. */
  readonly #waits: Int32Array;
  readonly #isMutual: Int32Array;
  /** By node: its items that wait for the present one, where that waits for it too. */
  readonly #backOf: readonly number[][];

  constructor(piece: Piece) {
    const { size, row, rows } = piece;
    this.#piece = piece;
    this.#rowsOf = transpose(rows, size);
    this.#itemsOfRow = ownItems(rowCount(rows), row);
    this.#waits = new Int32Array(size).fill(-1);
    this.#isMutual = new Int32Array(size).fill(-1);
    this.#backOf = Array.from({ length: size }, (): number[] => []);
  }

  run(most: number, visit: (item: number, back: number) => void): void {
    const items: number[] = [];
    const others: number[] = [];
    let left = most;
    for (let node = 0; node < this.#piece.size && left > 0; node++) {
      this.#markWaiting(node);
      items.length = others.length = 0;
      this.#findMutual(node, items, others);
      if (items.length === 0) continue;
      this.#gatherBack(node);
      for (let index = 0; index < items.length; index++)
        for (const back of at(this.#backOf, at(others, index))) if (left-- > 0) visit(at(items, index), back);
      for (const other of others) at(this.#backOf, other).length = 0;
    }
  }

  #markWaiting(node: number): void {
    const { owner } = this.#piece;
    for (const index of row(this.#rowsOf, node)) {
      const end = edgesTo(this.#itemsOfRow, index);
      for (let place = edgesFrom(this.#itemsOfRow, index); place < end; place++) {
        const other = int32At(owner, int32At(this.#itemsOfRow.target, place));
        if (other < node) this.#waits[other] = node;
      }
    }
  }

  /** Lists the items of a node that wait for an earlier one which waits for it, and for which. */
  #findMutual(node: number, items: number[], others: number[]): void {
    const { row: rowOf, rows, ownItems: own } = this.#piece;
    for (const item of row(own, node)) {
      const index = int32At(rowOf, item);
      const end = edgesTo(rows, index);
      for (let cell = edgesFrom(rows, index); cell < end; cell++) {
        const other = int32At(rows.target, cell);
        if (other >= node) break;
        if (this.#waits[other] !== node) continue;
        this.#isMutual[other] = node;
        items.push(item);
        others.push(other);
      }
    }
  }

  #gatherBack(node: number): void {
    const { owner } = this.#piece;
    for (const index of row(this.#rowsOf, node)) {
      const end = edgesTo(this.#itemsOfRow, index);
      for (let place = edgesFrom(this.#itemsOfRow, index); place < end; place++) {
        const item = int32At(this.#itemsOfRow.target, place);
        const other = int32At(owner, item);
        if (this.#isMutual[other] === node) at(this.#backOf, other).push(item);
      }
    }
  }
}
