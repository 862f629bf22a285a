import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, row } from '../../base/csr.ts';
import { MOST_GROUPS, OwnerCosts, type OwnerChoice } from './owner-cost.ts';
import type { Piece } from './piece.ts';

/** A cycle, and what hitting it is worth in a dual bound. */
export interface PricedCycle {
  /** Its nodes as bits. */
  readonly nodes: number;
  readonly price: number;
}

/** What is known of the cost before the search. */
export interface KnownCosts {
  /** The cost of the best set known. */
  readonly upper: number;
  /** All costs are multiples of it; 0: nothing is known. */
  readonly granule: number;
  readonly prices: readonly PricedCycle[];
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
 * @param work how many sets may be looked at
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
    this.#bySize = Array.from({ length: piece.size + 1 }, () => []);
    at(this.#bySize, 0).push(0);
  }

  run(work: number): Int32Array | 'none' | undefined {
    let left = work;
    for (let count = 0; count < this.#piece.size; count++) {
      for (const placed of at(this.#bySize, count)) {
        if (left-- <= 0) return undefined;
        this.#expand(placed, count);
      }
    }
    return this.#states.has(this.#full) ? this.#trace() : 'none';
  }

  /** Tries the nodes that may stand next: one that costs nothing, else those of a component that waits for no other. */
  #expand(placed: number, count: number): void {
    const rest = this.#full & ~placed;
    const { cost } = this.#stateOf(placed);
    const next = this.#firstComponent(rest);
    for (let node = 0; node < this.#piece.size; node++) {
      if ((next & (1 << node)) === 0) continue;
      const reached = placed | (1 << node);
      const reachedCost = cost + this.#placing(node, rest).cost;
      if (this.#isHopeless(reachedCost, this.#full & ~reached)) continue;
      const known = this.#states.get(reached);
      if (known !== undefined && known.cost <= reachedCost) continue;
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
  #placing(node: number, rest: number): OwnerChoice {
    const items: number[] = [];
    const { ownItems } = this.#piece;
    for (let item = edgesFrom(ownItems, node); item < edgesTo(ownItems, node); item++)
      if ((at(this.#needs, item) & rest) !== 0) items.push(item);
    return this.#costs.choose(node, items);
  }

  #isHopeless(cost: number, rest: number): boolean {
    const { upper, granule, prices } = this.#known;
    const limit = upper - granule + 1e-6 * (granule === 0 ? -upper : granule);
    let bound = cost;
    for (const { nodes, price } of prices) if ((nodes & ~rest) === 0) bound += price;
    return bound > limit;
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
      let nodes = 0;
      for (let item = edgesFrom(ownItems, node); item < edgesTo(ownItems, node); item++)
        nodes |= at(this.#needs, item);
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
