import { at } from '../../base/column.ts';
import { rowCount } from '../../base/csr.ts';
import { seededRandom } from '../../base/random.ts';
import type { PricedCycles } from '../break-problem.ts';
import { CoverSearch } from './cover-search.ts';
import { dualBound, type DualBound } from './dual-bound.ts';
import { searchExact, type KnownCosts } from './exact-search.ts';
import { granuleOf, roundUp } from './granule.ts';
import { orderCover } from './order-cover.ts';
import { gapOf, type PieceHints } from './piece-hints.ts';
import { MOST_NODES_IN_A_MASK, type Piece } from './piece.ts';

/**
 * Steps without a better set after which a round of the local search ends: for each item and at most, and at most all items
 * together, since a step's cost grows with their number.
 */
const PATIENCE_PER_ITEM = 20;
const MOST_PATIENCE = 30_000;
const MOST_PATIENCE_OF_ALL = 300_000_000;
const LEAST_PATIENCE = 2000;
/** Part of the patience for a set that stems from hints, with many items. */
const HINTED_PATIENCE = 0.25;
const MANY_ITEMS = 10_000;
/** By so much the gap of a solution may be wider than that of the one that its hints come from. */
const ALIKE = 1.002;
/** A bound of so many cells is only computed when the search is over. */
const MOST_FIRST_BOUND = 10_000;
/** Pieces of more items get one order instead of a search: all of Debian makes some 60,000. */
const MOST_SEARCHED = 300_000;
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
  /** As rows of the piece's items. */
  readonly cycles: PricedCycles;
}

/**
 * Finds a cheap set of elements of a piece, exactly if it is small. With hints, a set that is as near to its bound as the
 * one that they come from ends the search.
 */
export function solvePiece(piece: Piece, { seed, effort }: SolveOptions, hints?: PieceHints): PieceSolution {
  if (piece.owner.length > MOST_SEARCHED)
    return { ...orderCover(piece), cycles: { items: [], price: [], gap: [] } };
  const search = new CoverSearch(piece, seededRandom(seed), hints);
  const granule = granuleOf(piece.cost);
  const gap = hints === undefined ? 1 : gapOf(hints) * ALIKE;
  const isDone = ({ bound }: DualBound): boolean => bound * gap >= search.bestCost;
  const compute = (first: Float64Array = new Float64Array()): DualBound => {
    const upper = search.bestCost;
    const cycles = search.cover.cycles.toCsr();
    const prices = new Float64Array(rowCount(cycles));
    prices.set(first);
    const { bound, price } = dualBound(
      piece.cost,
      cycles,
      upper,
      Math.min(upper / gap, upper - granule),
      prices,
    );
    return { bound: Math.min(upper, roundUp(bound, granule)), price };
  };
  const isLong = effort > 0 && search.cover.cycles.cells().length > MOST_FIRST_BOUND;
  const none = { bound: 0, price: new Float64Array() };
  let dual = hints !== undefined ? compute(Float64Array.from(search.prices)) : isLong ? none : compute();
  for (let round = 0; round < effort && !isDone(dual); round++) {
    search.improve(patienceOf(piece, hints));
    dual = compute(hints === undefined ? undefined : dual.price);
  }
  const cycles = cyclesOf(piece, search, dual);
  const solution = { elements: search.best, lowerBound: dual.bound, cycles };
  if (dual.bound < search.bestCost && effort > 0 && piece.size <= MOST_NODES_IN_A_MASK) {
    const known = { upper: search.bestCost, granule, ...priceNodes(dual.price, search.nodeMasks) };
    const found = searchExact(piece, known, EXACT_WORK * effort);
    if (found === 'none') return { ...solution, lowerBound: search.bestCost };
    if (found !== undefined) return { elements: found, lowerBound: costOf(piece, found), cycles };
  }
  return solution;
}

function patienceOf({ owner }: Piece, hints: PieceHints | undefined): number {
  const items = owner.length;
  const patience = Math.min(
    MOST_PATIENCE,
    PATIENCE_PER_ITEM * items,
    Math.max(LEAST_PATIENCE, Math.floor(MOST_PATIENCE_OF_ALL / items)),
  );
  return hints === undefined || items < MANY_ITEMS ? patience : Math.ceil(patience * HINTED_PATIENCE);
}

/** What hints for a piece like this can be made of; none of one that is so small that it takes none. */
function cyclesOf(
  { size }: Piece,
  { cycleItems, bestCost }: CoverSearch,
  { bound, price }: DualBound,
): PricedCycles {
  if (size <= MOST_NODES_IN_A_MASK) return { items: [], price: [], gap: [] };
  const items = cycleItems.slice(1);
  return { items, price: [...price.subarray(1)], gap: items.map(() => bestCost / bound) };
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
