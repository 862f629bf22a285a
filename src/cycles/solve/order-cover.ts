import { float64At, int32At } from '../../base/cells.ts';
import { edgesFrom, edgesTo, row, rowCount, transpose, type Csr } from '../../base/csr.ts';
import { findPairs } from './find-pairs.ts';
import type { Piece } from './piece.ts';
import { ownItems } from './wait-graph.ts';

/** Elements whose giving up leaves no cycle. */
export interface OrderCover {
  /** Ascending. */
  readonly elements: Int32Array;
  readonly lowerBound: number;
}

/** Cycles of two that the bound is made of at most. */
const MOST_PAIRS = 20_000_000;

/**
 * Opens a piece that is too large for a search by one order of its nodes: next comes whoever gives up least by not waiting for
 * those that have no place yet; ties: the lowest. The bound is what cycles of two cost that share nothing. Both are optimal where
 * all wait for each other at one price. O(nodes² + nodes that all items wait for)
 */
export function orderCover(piece: Piece): OrderCover {
  const least = leastCosts(piece);
  const elements = coverItems(piece, least, new OrderSearch(piece, least).findBroken());
  const cost = elements.reduce((sum, element) => sum + float64At(piece.cost, element), 0);
  return { elements, lowerBound: Math.min(cost, boundOfPairs(piece)) };
}

/** One cell an item: the cost of its cheapest element; Infinity: it can't be given up. */
function leastCosts({ owner, itemElements, cost }: Piece): Float64Array {
  const least = new Float64Array(owner.length).fill(Infinity);
  for (let item = 0; item < owner.length; item++) {
    for (let place = edgesFrom(itemElements, item); place < edgesTo(itemElements, item); place++)
      least[item] = Math.min(float64At(least, item), float64At(cost, int32At(itemElements.target, place)));
  }
  return least;
}

class OrderSearch {
  readonly #piece: Piece;
  readonly #least: Float64Array;
  readonly #rowsOf: Csr;
  readonly #itemsOfRow: Csr;
  /** One cell a row: how many of its nodes have no place yet. */
  readonly #missing: Int32Array;
  /** One cell a node: what giving up those of its items costs that wait for nodes without a place; how many can't be. */
  readonly #open: Float64Array;
  readonly #forced: Int32Array;
  readonly #isPlaced: Uint8Array;

  constructor(piece: Piece, least: Float64Array) {
    const { size, owner, row: rowOf, rows } = piece;
    this.#piece = piece;
    this.#least = least;
    this.#rowsOf = transpose(rows, size);
    this.#itemsOfRow = ownItems(rowCount(rows), rowOf);
    this.#missing = new Int32Array(rowCount(rows));
    for (let index = 0; index < rowCount(rows); index++)
      this.#missing[index] = edgesTo(rows, index) - edgesFrom(rows, index);
    this.#open = new Float64Array(size);
    this.#forced = new Int32Array(size);
    this.#isPlaced = new Uint8Array(size);
    for (let item = 0; item < owner.length; item++) this.#count(item, 1);
  }

  /** @returns the items that wait for what comes after their owner, each node's together */
  findBroken(): readonly number[] {
    const broken: number[] = [];
    for (let node = this.#next(); node !== -1; node = this.#next()) {
      this.#isPlaced[node] = 1;
      for (const item of row(this.#piece.ownItems, node)) if (this.#isWaiting(item)) broken.push(item);
      for (const index of row(this.#rowsOf, node)) {
        const missing = int32At(this.#missing, index) - 1;
        this.#missing[index] = missing;
        if (missing < 2) this.#serve(index, missing === 0 ? -1 : this.#lastOf(index));
      }
    }
    return broken;
  }

  /** The node to be placed next; -1: all are. */
  #next(): number {
    let best = -1;
    let isLeft = false;
    for (let node = 0; node < this.#isPlaced.length; node++) {
      if (this.#isPlaced[node] === 1) continue;
      isLeft = true;
      if (this.#forced[node] !== 0) continue;
      if (best === -1 || float64At(this.#open, node) < float64At(this.#open, best)) best = node;
    }
    if (isLeft && best === -1) throw new Error('BUG: what can not be given up makes a cycle');
    return best;
  }

  /** Whether an item of a node that gets its place waits for another that has none. */
  #isWaiting(item: number): boolean {
    const { owner, row: rowOf, rows } = this.#piece;
    const index = int32At(rowOf, item);
    const missing = int32At(this.#missing, index);
    return missing > 1 || (missing === 1 && !row(rows, index).includes(int32At(owner, item)));
  }

  /** The only node of a row without a place. */
  #lastOf(index: number): number {
    return row(this.#piece.rows, index).find((node) => this.#isPlaced[node] === 0) ?? -1;
  }

  /** What a row that is complete, or complete but for one node, means for the items that wait for it. @param last -1: complete */
  #serve(index: number, last: number): void {
    const end = edgesTo(this.#itemsOfRow, index);
    for (let place = edgesFrom(this.#itemsOfRow, index); place < end; place++) {
      const item = int32At(this.#itemsOfRow.target, place);
      const owner = int32At(this.#piece.owner, item);
      if (this.#isPlaced[owner] === 0 && (last === -1 || last === owner)) this.#count(item, -1);
    }
  }

  #count(item: number, sign: 1 | -1): void {
    const owner = int32At(this.#piece.owner, item);
    const cost = float64At(this.#least, item);
    if (cost === Infinity) this.#forced[owner] = int32At(this.#forced, owner) + sign;
    else this.#open[owner] = float64At(this.#open, owner) + sign * cost;
  }
}

/** Gives up items: a group where it costs no more than its broken items one by one, then each by its cheapest element. */
function coverItems(piece: Piece, least: Float64Array, items: readonly number[]): Int32Array {
  const { cost, itemElements, elementItems } = piece;
  const isBroken = new Uint8Array(least.length);
  for (const item of items) isBroken[item] = 1;
  const isTaken = new Uint8Array(cost.length);
  const take = (element: number): void => {
    isTaken[element] = 1;
    for (const item of row(elementItems, element)) isBroken[item] = 0;
  };
  for (let element = 0; element < cost.length; element++) {
    const own = row(elementItems, element);
    if (own.length < 2) continue;
    const apart = own.reduce((sum, item) => sum + (isBroken[item] === 1 ? float64At(least, item) : 0), 0);
    if (float64At(cost, element) <= apart) take(element);
  }
  for (const item of items) {
    if (isBroken[item] === 0) continue;
    const cheapest = row(itemElements, item).find((each) => cost[each] === least[item]);
    if (cheapest === undefined) throw new Error('BUG: nothing gives an item up');
    take(cheapest);
  }
  return Int32Array.from(isTaken.keys()).filter((element) => isTaken[element] === 1);
}

/** Prices cycles of two one after the other, each as high as what its elements cost beyond the prices before allows. */
function boundOfPairs(piece: Piece): number {
  const { cost, itemElements } = piece;
  const slack = cost.slice();
  const { target } = itemElements;
  const leastSlack = (item: number): number => {
    let least = Infinity;
    for (let place = edgesFrom(itemElements, item); place < edgesTo(itemElements, item); place++)
      least = Math.min(least, float64At(slack, int32At(target, place)));
    return least;
  };
  const spend = (item: number, price: number): void => {
    for (let place = edgesFrom(itemElements, item); place < edgesTo(itemElements, item); place++)
      slack[int32At(target, place)] = float64At(slack, int32At(target, place)) - price;
  };
  let bound = 0;
  findPairs(piece, MOST_PAIRS, (item, back) => {
    const price = Math.min(leastSlack(item), leastSlack(back));
    bound += price;
    // items of two owners have no element in common
    spend(item, price);
    spend(back, price);
  });
  return bound;
}
