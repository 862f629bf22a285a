import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import type { BreakProblem, Hints } from '../break-problem.ts';
import { MOST_NODES_IN_A_MASK, type Piece } from './piece.ts';

/** Hints in the numbers of a piece. */
export interface PieceHints {
  /** May be worth giving up. */
  readonly elements: readonly number[];
  /** Cycles that the piece has, as rows of items. */
  readonly cycles: (readonly number[])[];
  /** One cell a cycle: what it may be worth. */
  readonly price: number[];
  /** One cell a cycle, as in `PricedCycles`. */
  readonly gap: number[];
}

/**
 * Tells hints apart by the piece that they are about, and leaves out the cycles that are none here. Pieces that are small
 * enough to be solved exactly get none.
 * @returns one cell a piece. O(items + cells of the hints × log(row))
 */
export function hintsOfPieces(
  { owner }: BreakProblem,
  pieces: readonly Piece[],
  { items, groups, cycles }: Hints,
): readonly (PieceHints | undefined)[] {
  const isGivenUp = new Set<number>(items);
  for (const group of groups) isGivenUp.add(-1 - group);
  const pieceOf = new Int32Array(owner.length).fill(-1);
  const itemIn = new Int32Array(owner.length);
  const found = pieces.map((piece, index): PieceHints | undefined => {
    if (piece.size <= MOST_NODES_IN_A_MASK) return undefined;
    piece.itemOrigin.forEach((origin, item) => {
      pieceOf[origin] = index;
      itemIn[origin] = item;
    });
    const elements = [...piece.origin.keys()].filter((element) => isGivenUp.has(at(piece.origin, element)));
    return { elements, cycles: [], price: [], gap: [] };
  });
  cycles.items.forEach((cycle, index) => {
    const own = int32At(pieceOf, at(cycle, 0));
    const hints = found[own];
    if (hints === undefined || cycle.some((item) => pieceOf[item] !== own)) return;
    const inside = cycle.map((item) => int32At(itemIn, item));
    if (!isCycle(at(pieces, own), inside)) return;
    hints.cycles.push(inside);
    hints.price.push(at(cycles.price, index));
    hints.gap.push(at(cycles.gap, index));
  });
  return found;
}

/** The gap of the solution that hints come from; where they come from several, by what their cycles are worth. */
export function gapOf({ price, gap }: PieceHints): number {
  const worth = price.reduce((sum, each) => sum + each, 0);
  return worth === 0 ? 1 : price.reduce((sum, each, cycle) => sum + each * at(gap, cycle), 0) / worth;
}

/** Whether each item leads to the owner of the one before, another node, and the first to that of the last. */
function isCycle({ owner, row, rows }: Piece, items: readonly number[]): boolean {
  let goal = int32At(owner, at(items, items.length - 1));
  for (const item of items) {
    const own = int32At(owner, item);
    let from = int32At(rows.offset, int32At(row, item));
    let to = int32At(rows.offset, int32At(row, item) + 1);
    while (from < to) {
      const middle = (from + to) >> 1;
      if (int32At(rows.target, middle) < goal) from = middle + 1;
      else to = middle;
    }
    const isThere = from < int32At(rows.offset, int32At(row, item) + 1) && rows.target[from] === goal;
    if (!isThere || own === goal) return false;
    goal = own;
  }
  return true;
}
