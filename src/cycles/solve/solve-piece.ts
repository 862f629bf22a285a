import { at } from '../../base/column.ts';
import { seededRandom } from '../../base/random.ts';
import { CoverSearch, MOST_NODES_IN_A_MASK } from './cover-search.ts';
import { dualBound, type DualBound } from './dual-bound.ts';
import { searchExact, type KnownCosts } from './exact-search.ts';
import { granuleOf, roundUp } from './granule.ts';
import type { Piece } from './piece.ts';

/**
 * Steps without a better set after which a round of the local search ends: for each item and at most, and at most all items
 * together, since a step's cost grows with their number.
 */
const PATIENCE_PER_ITEM = 20;
const MOST_PATIENCE = 30_000;
const MOST_PATIENCE_OF_ALL = 300_000_000;
const LEAST_PATIENCE = 2000;
/** A bound of so many cells is only computed when the search is over. */
const MOST_FIRST_BOUND = 10_000;
/** Items and prices that the exact search may look at for each round: some tenths of a second. */
const EXACT_WORK = 100_000_000;

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
  const items = piece.owner.length;
  const patience = Math.min(
    MOST_PATIENCE,
    PATIENCE_PER_ITEM * items,
    Math.max(LEAST_PATIENCE, Math.floor(MOST_PATIENCE_OF_ALL / items)),
  );
  const compute = (): DualBound => {
    const upper = search.bestCost;
    const { bound, price } = dualBound(piece.cost, search.cover.cycles.toCsr(), upper, upper - granule);
    return { bound: Math.min(upper, roundUp(bound, granule)), price };
  };
  const isLong = effort > 0 && search.cover.cycles.cells().length > MOST_FIRST_BOUND;
  let dual = isLong ? { bound: 0, price: new Float64Array() } : compute();
  for (let round = 0; round < effort && dual.bound < search.bestCost; round++) {
    search.improve(patience);
    dual = compute();
  }
  if (dual.bound < search.bestCost && effort > 0 && piece.size <= MOST_NODES_IN_A_MASK) {
    const known = { upper: search.bestCost, granule, ...priceNodes(dual.price, search.nodeMasks) };
    const found = searchExact(piece, known, EXACT_WORK * effort);
    if (found === 'none') return { elements: search.best, lowerBound: search.bestCost };
    if (found !== undefined) return { elements: found, lowerBound: costOf(piece, found) };
  }
  return { elements: search.best, lowerBound: dual.bound };
}

function costOf(piece: Piece, elements: Int32Array): number {
  return elements.reduce((sum, element) => sum + at(piece.cost, element), 0);
}

/** The priced cycles, the dearest first. */
function priceNodes(
  price: Float64Array,
  nodeMasks: readonly number[],
): Pick<KnownCosts, 'cycleNodes' | 'cyclePrice'> {
  const cycles = [...price.keys()].filter((cycle) => at(price, cycle) > 0);
  cycles.sort((a, b) => at(price, b) - at(price, a) || a - b);
  return {
    cycleNodes: Int32Array.from(cycles, (cycle) => at(nodeMasks, cycle)),
    cyclePrice: Float64Array.from(cycles, (cycle) => at(price, cycle)),
  };
}
