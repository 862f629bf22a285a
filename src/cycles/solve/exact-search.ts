import { float64At, int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, row } from '../../base/csr.ts';
import { MOST_GROUPS, OwnerCosts, type OwnerChoice } from './owner-cost.ts';
import type { Piece } from './piece.ts';

/** What is known of the cost before the search. */
export interface KnownCosts {
  /** The cost of the best set known. */
  readonly upper: number;
  /** All costs are multiples of it; 0: nothing is known. */
  readonly granule: number;
  /** The nodes of each cycle that a dual bound prices, as bits. */
  readonly cycleNodes: Int32Array;
  /** The price of each, descending. */
  readonly cyclePrice: Float64Array;
}

/** The best way to a set of nodes placed first. */
interface State {
  readonly cost: number;
  /** The node placed last of them. */
  readonly last: number;
}

/**
 * Looks for a cheaper set of elements than the best known by dynamic programming over the sets of nodes that stand first in
 * an order, each at its least cost; sets from which the dual bound shows no better end are passed over.
 * @param piece of at most `MOST_NODES_IN_A_MASK` nodes
 * @param work how many items and prices may be looked at
 * @returns the elements of an optimum, ascending; `'none'`: the best known is one; undefined: the work did not suffice
 */
export function searchExact(piece: Piece, known: KnownCosts, work: number): Int32Array | 'none' | undefined {
  const costs = new OwnerCosts(piece);
  if (costs.mostGroups() > MOST_GROUPS) return undefined;
  return new ExactSearch(piece, known, costs).run(work);
}

class ExactSearch {
  readonly #piece: Piece;
  readonly #known: KnownCosts;
  readonly #costs: OwnerCosts;
  /** One cell an item: the nodes that it waits for, but its owner. */
  readonly #needs: Int32Array;
  readonly #full: number;
  readonly #states = new Map<number, State>([[0, { cost: 0, last: -1 }]]);
  /** One cell an item: what giving it up alone costs. */
  readonly #itemCost: Float64Array;
  /** One cell a node. */
  readonly #hasGroups: Uint8Array;
  /** Costs above it are no better than what is known. */
  readonly #limit: number;
  #work = 0;
  /** For each number of nodes, the sets met of that size. */
  readonly #bySize: readonly number[][];

  constructor(piece: Piece, known: KnownCosts, costs: OwnerCosts) {
    this.#piece = piece;
    this.#known = known;
    this.#costs = costs;
    this.#full = 2 ** piece.size - 1;
    this.#needs = piece.row.map((index, item) => {
      let nodes = 0;
      for (const node of row(piece.rows, index)) nodes |= 1 << node;
      return nodes & ~(1 << at(piece.owner, item));
    });
    this.#itemCost = costs.itemCost();
    this.#hasGroups = costs.hasGroups();
    const { upper, granule } = known;
    this.#limit = granule === 0 ? upper * (1 - 1e-6) : upper - granule * (1 - 1e-6);
    this.#bySize = Array.from({ length: piece.size + 1 }, () => []);
    at(this.#bySize, 0).push(0);
  }

  run(work: number): Int32Array | 'none' | undefined {
    for (let count = 0; count < this.#piece.size; count++) {
      for (const placed of at(this.#bySize, count)) {
        if (this.#work > work) return undefined;
        this.#expand(placed, count);
      }
    }
    return this.#states.has(this.#full) ? this.#trace() : 'none';
  }

  /** Tries the nodes of a component that waits for no other; one that costs nothing is one. */
  #expand(placed: number, count: number): void {
    const rest = this.#full & ~placed;
    const { cost } = this.#stateOf(placed);
    const next = this.#firstComponent(rest);
    for (let bits = next; bits !== 0; bits &= bits - 1) {
      const node = 31 - Math.clz32(lowestBit(bits));
      const reached = placed | (1 << node);
      const reachedCost = cost + this.#placingCost(node, rest);
      const known = this.#states.get(reached);
      if (known !== undefined && known.cost <= reachedCost) continue;
      if (known === undefined && this.#isHopeless(reachedCost, this.#full & ~reached)) continue;
      if (known === undefined) at(this.#bySize, count + 1).push(reached);
      this.#states.set(reached, { cost: reachedCost, last: node });
    }
  }

  #stateOf(placed: number): State {
    const state = this.#states.get(placed);
    if (state === undefined) throw new Error('BUG: the set was never met');
    return state;
  }

  /** What giving up all that keeps a node from standing before the rest costs. */
  #placingCost(node: number, rest: number): number {
    if (this.#hasGroups[node] === 1) return this.#placing(node, rest).cost;
    const { ownItems } = this.#piece;
    let cost = 0;
    for (let item = edgesFrom(ownItems, node); item < edgesTo(ownItems, node); item++)
      if ((int32At(this.#needs, item) & rest) !== 0) cost += float64At(this.#itemCost, item);
    return cost;
  }

  #placing(node: number, rest: number): OwnerChoice {
    const items: number[] = [];
    const { ownItems } = this.#piece;
    for (let item = edgesFrom(ownItems, node); item < edgesTo(ownItems, node); item++)
      if ((int32At(this.#needs, item) & rest) !== 0) items.push(item);
    return this.#costs.choose(node, items);
  }

  /** Whether a set of this cost, with the rest to come, leads to nothing better than what is known. */
  #isHopeless(cost: number, rest: number): boolean {
    const { cycleNodes, cyclePrice } = this.#known;
    let left = this.#limit - cost;
    let cycle = 0;
    for (; cycle < cycleNodes.length && left >= 0; cycle++)
      if ((int32At(cycleNodes, cycle) & ~rest) === 0) left -= float64At(cyclePrice, cycle);
    this.#work += cycle;
    return left < 0;
  }

  /** The nodes of a strongly connected component of the rest that waits for no other node of it. */
  #firstComponent(rest: number): number {
    let start = lowestBit(rest);
    let found = this.#reached(start, rest);
    for (let others = found; others !== 0;) {
      const other = lowestBit(others);
      others &= ~other;
      const back = this.#reached(other, rest);
      if ((back & start) !== 0) continue;
      start = other;
      found = back;
      others = back;
    }
    return found;
  }

  /** The nodes of the rest that one of them waits for, directly or not, and itself. */
  #reached(start: number, rest: number): number {
    const { ownItems } = this.#piece;
    let found = start;
    for (let front = start; front !== 0;) {
      const bit = lowestBit(front);
      front &= ~bit;
      const node = 31 - Math.clz32(bit);
      this.#work += edgesTo(ownItems, node) - edgesFrom(ownItems, node);
      let nodes = 0;
      for (let item = edgesFrom(ownItems, node); item < edgesTo(ownItems, node); item++)
        nodes |= int32At(this.#needs, item);
      const fresh = nodes & rest & ~found;
      found |= fresh;
      front |= fresh;
    }
    return found;
  }

  #trace(): Int32Array {
    const elements: number[] = [];
    for (let placed = this.#full; placed !== 0;) {
      const { last } = this.#stateOf(placed);
      const rest = this.#full & ~(placed & ~(1 << last));
      elements.push(...this.#placing(last, rest).elements);
      placed &= ~(1 << last);
    }
    return Int32Array.from(elements).sort();
  }
}

function lowestBit(bits: number): number {
  return bits & -bits;
}
