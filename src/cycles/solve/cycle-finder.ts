import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { row, rowCount, transpose, type Csr } from '../../base/csr.ts';
import type { Random } from '../../base/random.ts';
import { stronglyConnected } from '../../graph/strongly-connected.ts';
import type { Piece } from './piece.ts';
import { makeWaitGraph, ownItems } from './wait-graph.ts';

/**
 * Takes a cycle.
 * @param elements ascending, never none: giving up any of them opens it
 * @param items all that it is made of
 */
export type CycleVisitor = (elements: Int32Array, items: readonly number[]) => void;

/** Cells that looking for short cycles may scan, as a multiple of the graph's. */
const QUICK = 4;

/** Finds the cycles of a piece that what is given up leaves. */
export class CycleFinder {
  readonly #piece: Piece;
  readonly #waits: Csr;
  /** One cell an edge of `#waits`; the first ones are those of the items. */
  readonly #isKept: Uint8Array;
  /** How many elements that are given up take each item. */
  readonly #takers: Int32Array;
  /** 1: the item can't be given up. */
  readonly #isForced: Uint8Array;
  readonly #seenNode: Int32Array;
  readonly #seenRow: Int32Array;
  readonly #via: Int32Array;
  readonly #from: Int32Array;
  readonly #queue: Int32Array;
  #tail = 0;
  /** Cells looked at by the present call. */
  #scanned = 0;
  #round = 0;
  /** The item that closes the cycle found, and its owner. */
  #last = -1;
  #lastOwner = -1;

  constructor(piece: Piece) {
    const { size, owner, row: rowOf, rows, itemElements } = piece;
    this.#piece = piece;
    this.#waits = makeWaitGraph(size, owner, rowOf, rows).graph;
    this.#isKept = new Uint8Array(this.#waits.target.length).fill(1);
    this.#takers = new Int32Array(owner.length);
    this.#isForced = new Uint8Array(owner.length).map((_, item) =>
      Number(itemElements.offset[item] === itemElements.offset[item + 1]),
    );
    this.#seenNode = new Int32Array(size);
    this.#seenRow = new Int32Array(rowCount(rows));
    this.#via = new Int32Array(size);
    this.#from = new Int32Array(size);
    this.#queue = new Int32Array(size);
  }

  giveUp(element: number): void {
    for (const item of row(this.#piece.elementItems, element)) {
      this.#takers[item] = int32At(this.#takers, item) + 1;
      this.#isKept[item] = 0;
    }
  }

  putBack(element: number): void {
    for (const item of row(this.#piece.elementItems, element)) {
      const left = int32At(this.#takers, item) - 1;
      this.#takers[item] = left;
      if (left === 0) this.#isKept[item] = 1;
    }
  }

  /**
   * Visits short cycles that are left, one through each node that lies on any, in a random order, for as long as that is
   * quick, but at least one. @returns whether there was one
   */
  findCycles(random: Random, visit: CycleVisitor): boolean {
    const { of } = stronglyConnected(this.#waits, this.#isKept);
    const nodes = this.#cyclicNodes(of);
    shuffle(nodes, random);
    this.#scanned = 0;
    for (const node of nodes) {
      if (this.#scanned > QUICK * this.#isKept.length) break;
      const items = this.#shortestCycle(node, of);
      visit(this.#elementsOf(items), items);
    }
    return nodes.length > 0;
  }

  /** Visits all cycles of two nodes, whatever is given up, but no more than `most`. */
  findPairs(most: number, visit: CycleVisitor): void {
    const { size, owner, row: rowOf, rows, ownItems: own } = this.#piece;
    const rowsOf = transpose(rows, size);
    const itemsOfRow = ownItems(rowCount(rows), rowOf);
    // for each earlier node, its items that wait for the present one
    const waiting = Array.from({ length: size }, (): number[] => []);
    let left = most;
    for (let node = 0; node < size; node++) {
      const touched: number[] = [];
      for (const index of row(rowsOf, node)) {
        for (const item of row(itemsOfRow, index)) {
          const other = int32At(owner, item);
          if (other >= node) continue;
          if (at(waiting, other).push(item) === 1) touched.push(other);
        }
      }
      for (const item of row(own, node)) {
        for (const target of row(rows, int32At(rowOf, item))) {
          if (target >= node) continue;
          for (const back of at(waiting, target))
            if (left-- > 0) visit(this.#elementsOf([item, back]), [item, back]);
        }
      }
      for (const other of touched) at(waiting, other).length = 0;
    }
  }

  /** @param of the component of each node and row. @returns the nodes that lie on a cycle */
  #cyclicNodes(of: Int32Array): Int32Array {
    const { size } = this.#piece;
    const count = new Int32Array(of.length);
    for (let node = 0; node < size; node++) count[int32At(of, node)] = int32At(count, int32At(of, node)) + 1;
    const all = Int32Array.from({ length: size }, (_, node) => node);
    return all.filter((node) => int32At(count, int32At(of, node)) > 1);
  }

  /**
   * Breadth-first search for a cycle through a node with as few items as can be that could be given up.
   * @param of the component of each node; the search stays in that of `start`
   */
  #shortestCycle(start: number, of: Int32Array): readonly number[] {
    this.#round++;
    this.#queue[0] = start;
    this.#tail = 1;
    for (let head = 0; head < this.#tail;) {
      for (let place = head; place < this.#tail; place++)
        if (this.#scan(int32At(this.#queue, place), start, 1, of)) return this.#trace(start);
      const end = this.#tail;
      for (let place = head; place < end; place++)
        if (this.#scan(int32At(this.#queue, place), start, 0, of)) return this.#trace(start);
      head = end;
    }
    throw new Error('BUG: a node of a component lies on no cycle');
  }

  /** Follows the kept items of a node, the forced or the others. @returns whether one leads back to the start */
  #scan(node: number, start: number, isForced: 0 | 1, of: Int32Array): boolean {
    const { size, ownItems: own, row: rowOf, rows } = this.#piece;
    const component = of[start];
    for (let item = int32At(own.offset, node); item < int32At(own.offset, node + 1); item++) {
      if (this.#isKept[item] === 0 || this.#isForced[item] !== isForced) continue;
      const index = int32At(rowOf, item);
      if (this.#seenRow[index] === this.#round || of[size + index] !== component) continue;
      // the start's own rows may lead back to it from elsewhere
      if (node !== start) this.#seenRow[index] = this.#round;
      this.#scanned += int32At(rows.offset, index + 1) - int32At(rows.offset, index);
      for (let edge = int32At(rows.offset, index); edge < int32At(rows.offset, index + 1); edge++) {
        const target = int32At(rows.target, edge);
        if (target === start && node !== start) {
          this.#last = item;
          this.#lastOwner = node;
          return true;
        }
        if (target === start || this.#seenNode[target] === this.#round || of[target] !== component) continue;
        this.#seenNode[target] = this.#round;
        this.#via[target] = item;
        this.#from[target] = node;
        this.#queue[this.#tail++] = target;
      }
    }
    return false;
  }

  #trace(start: number): readonly number[] {
    const items = [this.#last];
    for (let node = this.#lastOwner; node !== start; node = int32At(this.#from, node))
      items.push(int32At(this.#via, node));
    return items;
  }

  #elementsOf(items: readonly number[]): Int32Array {
    const found: number[] = [];
    for (const item of items)
      for (const element of row(this.#piece.itemElements, item))
        if (!found.includes(element)) found.push(element);
    if (found.length === 0) throw new Error('BUG: nothing opens a cycle');
    return Int32Array.from(found).sort();
  }
}

function shuffle(cells: Int32Array, random: Random): void {
  for (let last = cells.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const cell = int32At(cells, last);
    cells[last] = int32At(cells, other);
    cells[other] = cell;
  }
}
