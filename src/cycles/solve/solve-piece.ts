import { at } from '../../base/column.ts';
import { seededRandom } from '../../base/random.ts';
import { CoverSearch, MOST_NODES_IN_A_MASK } from './cover-search.ts';
import { dualBound, type DualBound } from './dual-bound.ts';
import { searchExact } from './exact-search.ts';
import { granuleOf, roundUp } from './granule.ts';
import type { Piece } from './piece.ts';

/** Steps without a better set after which a round of the local search ends, for each item and at most. */
const PATIENCE_PER_ITEM = 20;
const MOST_PATIENCE = 50_000;
/** Sets that the exact search may look at in each round. */
const EXACT_WORK = 200_000;

export interface SolveOptions {
  readonly seed: number;
  /** Rounds of the search; 0: only a first, greedy set. A set that is proven to be an optimum ends it sooner. */
  readonly effort: number;
}

/** Elements whose giving up leaves no cycle. */
export interface PieceSolution {
  readonly elements: Int32Array;
  readonly lowerBound: number;
}

/** Finds a cheap set of elements of a piece, exactly if it is small. */
export function solvePiece(piece: Piece, { seed, effort }: SolveOptions): PieceSolution {
  const search = new CoverSearch(piece, seededRandom(seed));
  const granule = granuleOf(piece.cost);
  const patience = Math.min(MOST_PATIENCE, PATIENCE_PER_ITEM * piece.owner.length);
  const compute = (): DualBound => {
    const upper = search.bestCost;
    const { bound, price } = dualBound(piece.cost, search.cover.cycles.toCsr(), upper, upper - granule);
    return { bound: Math.min(upper, roundUp(bound, granule)), price };
  };
  let dual = compute();
  for (let round = 0; round < effort && dual.bound < search.bestCost; round++) {
    search.improve(patience);
    dual = compute();
  }
  if (dual.bound < search.bestCost && effort > 0 && piece.size <= MOST_NODES_IN_A_MASK) {
    const prices = [...dual.price.entries()]
      .filter(([, price]) => price > 0)
      .map(([cycle, price]) => ({ nodes: at(search.nodeMasks, cycle), price }));
    const found = searchExact(piece, { upper: search.bestCost, granule, prices }, EXACT_WORK * effort);
    if (found === 'none') return { elements: search.best, lowerBound: search.bestCost };
    if (found !== undefined) return { elements: found, lowerBound: costOf(piece, found) };
  }
  return { elements: search.best, lowerBound: dual.bound };
}

function costOf(piece: Piece, elements: Int32Array): number {
  return elements.reduce((sum, element) => sum + at(piece.cost, element), 0);
}
