import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { rowCount, type Csr } from '../../base/csr.ts';
import type { Random } from '../../base/random.ts';
import { stronglyConnected } from '../../graph/strongly-connected.ts';
import { CycleSearch } from './cycle-search.ts';
import { KeptOrder } from './kept-order.ts';
import type { Piece } from './piece.ts';
import { makeWaitGraph } from './wait-graph.ts';

/**
 * Takes a cycle.
 * @param elements ascending, never none: giving up any of them opens it
 * @param items all that it is made of
 */
export type CycleVisitor = (elements: Int32Array, items: readonly number[]) => void;

/** Cells that looking for short cycles may scan, as a multiple of the graph's. */
const QUICK = 12;
/** The elements of cycles of more items than that are sorted when all are there. */
const MOST_INSERTED = 40;
/** `#mostThroughAll` where nothing else is asked for. */
const MOST_THROUGH_ALL = 500;

/** Finds the cycles of a piece that what is given up leaves. */
export class CycleFinder {
  readonly #piece: Piece;
  readonly #waits: Csr;
  /** One cell an edge of `#waits`; the first ones are those of the items. */
  readonly #isKept: Uint8Array;
  /** How many elements that are given up take each item. */
  readonly #takers: Int32Array;
  readonly #order: KeptOrder;
  readonly #search: CycleSearch;

  /** Up to so many nodes, cycles are looked for through all that lie on any; beyond, through those that every one has to pass. */
  readonly #mostThroughAll: number;

  constructor(piece: Piece, mostThroughAll = MOST_THROUGH_ALL) {
    const { size, owner, row: rowOf, parts, itemElements } = piece;
    this.#piece = piece;
    this.#mostThroughAll = mostThroughAll;
    this.#waits = makeWaitGraph(size, owner, rowOf, parts).graph;
    this.#isKept = new Uint8Array(this.#waits.target.length).fill(1);
    this.#takers = new Int32Array(owner.length);
    const isForced = new Uint8Array(owner.length).map((_, item) =>
      Number(itemElements.offset[item] === itemElements.offset[item + 1]),
    );
    this.#order = new KeptOrder(piece, this.#isKept);
    this.#search = new CycleSearch(piece, this.#isKept, isForced);
  }

  giveUp(element: number): void {
    const { offset, target } = this.#piece.elementItems;
    for (let place = int32At(offset, element); place < int32At(offset, element + 1); place++) {
      const item = int32At(target, place);
      this.#takers[item] = int32At(this.#takers, item) + 1;
      this.#isKept[item] = 0;
    }
  }

  putBack(element: number): void {
    const { offset, target } = this.#piece.elementItems;
    for (let place = int32At(offset, element); place < int32At(offset, element + 1); place++) {
      const item = int32At(target, place);
      const left = int32At(this.#takers, item) - 1;
      this.#takers[item] = left;
      if (left !== 0) continue;
      this.#isKept[item] = 1;
      this.#order.suspect(item);
    }
  }

  /**
   * Visits short cycles that are left, one through each node that lies on any, or of a large piece, through each owner of an
   * item that breaks a known order; in a random order, for as long as that is quick, but at least one.
   * @returns whether there was one
   */
  findCycles(random: Random, visit: CycleVisitor): boolean {
    const scope = this.#order.findScope(rowCount(this.#waits));
    if (scope === undefined) return false;
    const components = stronglyConnected(this.#waits, this.#isKept, scope);
    this.#order.sort(components, scope);
    const { of } = components;
    const breakers = this.#order.findBreaks();
    const nodes = this.#piece.size > this.#mostThroughAll ? breakers : this.#cyclicNodes(of);
    shuffle(nodes, random);
    const most = this.#search.scanned + QUICK * this.#isKept.length;
    for (const node of nodes) {
      if (this.#search.scanned > most) break;
      const items = this.#search.through(node, of);
      visit(this.elementsOf(items), items);
    }
    return nodes.length > 0;
  }

  /** @param of the component of each node and row. @returns the nodes that lie on a cycle */
  #cyclicNodes(of: Int32Array): Int32Array {
    const { size } = this.#piece;
    const count = new Int32Array(of.length + 1);
    for (let node = 0; node < size; node++)
      count[int32At(of, node) + 1] = int32At(count, int32At(of, node) + 1) + 1;
    const all = Int32Array.from({ length: size }, (_, node) => node);
    return all.filter((node) => int32At(of, node) !== -1 && int32At(count, int32At(of, node) + 1) > 1);
  }

  /** What opens a cycle of these items, ascending. */
  elementsOf(items: readonly number[]): Int32Array {
    const { offset, target } = this.#piece.itemElements;
    let found: number[] = [];
    for (let index = 0; index < items.length; index++) {
      const item = at(items, index);
      const end = int32At(offset, item + 1);
      for (let place = int32At(offset, item); place < end; place++) {
        if (items.length > MOST_INSERTED) found.push(int32At(target, place));
        else insert(found, int32At(target, place));
      }
    }
    if (found.length === 0) throw new Error('BUG: nothing opens a cycle');
    if (items.length > MOST_INSERTED) found = [...new Set(found)].sort((a, b) => a - b);
    const elements = new Int32Array(found.length);
    for (let index = 0; index < found.length; index++) elements[index] = at(found, index);
    return elements;
  }
}

/** Puts a number into its place among ascending ones, if it isn't there. */
function insert(ascending: number[], number: number): void {
  let place = ascending.length;
  while (place > 0 && at(ascending, place - 1) > number) place--;
  if (place > 0 && ascending[place - 1] === number) return;
  ascending.push(number);
  for (let index = ascending.length - 1; index > place; index--) ascending[index] = at(ascending, index - 1);
  ascending[place] = number;
}

function shuffle(cells: Int32Array, random: Random): void {
  for (let last = cells.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const cell = int32At(cells, last);
    cells[last] = int32At(cells, other);
    cells[other] = cell;
  }
}
