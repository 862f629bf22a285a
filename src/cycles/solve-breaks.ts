import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import type { BreakProblem, BreakSolution, Hints } from './break-problem.ts';
import { dropNeedless } from './solve/drop-needless.ts';
import { hintsOfPieces } from './solve/piece-hints.ts';
import { findComponents, findForced, splitProblem } from './solve/piece.ts';
import { solvePiece, type SolveOptions } from './solve/solve-piece.ts';

/** The search when nothing else is asked for. */
export const DEFAULT_SOLVE_OPTIONS: SolveOptions = { seed: 1, effort: 1 };

/**
 * Chooses what to give up so that no cycle is left, at a low cost; putting any of it back makes a cycle. Parts of at most
 * some 25 nodes are solved exactly as a rule, larger ones by a local search with a lower bound.
 * @param hints what is known of the problem: the search starts there, and is short
 * @returns the same for the same problem, options and hints
 * @throws an 'BUG: …' error where `findStuck` finds something
 */
export function solveBreaks(
  problem: BreakProblem,
  options: SolveOptions = DEFAULT_SOLVE_OPTIONS,
  hints?: Hints,
): BreakSolution {
  if (findStuck(problem).length > 0) throw new Error('BUG: nothing opens a cycle');
  const { isKept, items, groups } = giveUpFree(problem);
  let lowerBound = 0;
  const cycleItems: (readonly number[])[] = [];
  const price: number[] = [];
  const gap: number[] = [];
  const pieces = splitProblem(problem, isKept);
  const known = hints === undefined ? [] : hintsOfPieces(problem, pieces, hints);
  for (const [index, piece] of pieces.entries()) {
    const solution = solvePiece(piece, options, known[index]);
    lowerBound += solution.lowerBound;
    for (const own of solution.cycles.items) cycleItems.push(own.map((item) => at(piece.itemOrigin, item)));
    for (const own of solution.cycles.price) price.push(own);
    for (const own of solution.cycles.gap) gap.push(own);
    for (const element of solution.elements) {
      const origin = at(piece.origin, element);
      if (origin >= 0) items.push(origin);
      else groups.push(-1 - origin);
    }
  }
  const needed = dropNeedless(problem, { items, groups });
  const cost =
    needed.items.reduce((sum, item) => sum + at(problem.cost, item), 0) +
    needed.groups.reduce((sum, group) => sum + at(problem.groupCost, group), 0);
  return {
    items: Int32Array.from(needed.items),
    groups: Int32Array.from(needed.groups),
    place: needed.place,
    cost,
    // sums in another order may differ by a rounding error
    lowerBound: lowerBound > cost * (1 - 1e-9) ? cost : lowerBound,
    cycles: { items: cycleItems, price, gap },
  };
}

/** The components, nodes ascending, that stay cyclic when everything is given up that can be. */
export function findStuck(problem: BreakProblem): readonly Int32Array[] {
  return findComponents(problem, findForced(problem));
}

/** Gives up what costs nothing. */
function giveUpFree(problem: BreakProblem): {
  readonly isKept: Uint8Array;
  readonly items: number[];
  readonly groups: number[];
} {
  const isKept = new Uint8Array(problem.cost.map((cost) => Number(cost > 0)));
  const items: number[] = [];
  const groups: number[] = [];
  problem.cost.forEach((cost, item) => {
    if (cost === 0) items.push(item);
  });
  problem.groupCost.forEach((cost, group) => {
    if (cost !== 0) return;
    groups.push(group);
    for (const item of row(problem.groups, group)) isKept[item] = 0;
  });
  return { isKept, items, groups };
}
