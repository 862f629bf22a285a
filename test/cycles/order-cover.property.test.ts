import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { BreakProblem } from '../../src/cycles/break-problem.ts';
import { findStuck, solveBreaks } from '../../src/cycles/solve-breaks.ts';
import { orderCover } from '../../src/cycles/solve/order-cover.ts';
import { asProblem, breakProblem, isCyclic, leastCost, piecesOf } from '../support/break-problems.ts';

const PROBLEMS = breakProblem({
  nodes: { min: 2, max: 6 },
  density: 3,
  costs: [1, 1, 2, 5, Infinity],
  groups: 5,
});

/** Each of so many builds waits for every other one. */
function clique(size: number): BreakProblem {
  const nodes = Array.from({ length: size }, (_, node) => node);
  return {
    size,
    owner: Int32Array.from(nodes.flatMap((node) => nodes.slice(1).map(() => node))),
    row: Int32Array.from(nodes.flatMap((node) => nodes.filter((other) => other !== node))),
    targets: { offset: Int32Array.from([...nodes, size]), target: Int32Array.from(nodes) },
    cost: new Float64Array(size * (size - 1)).fill(1),
    groups: { offset: new Int32Array(1), target: new Int32Array() },
    groupCost: new Float64Array(),
  };
}

describe('orderCover', () => {
  it('opens a piece, at no less than its bound, which no solution is below', () => {
    const counts = { pieces: 0, optima: 0, groups: 0 };
    fc.assert(
      fc.property(PROBLEMS, (problem) => {
        if (findStuck(problem).length > 0) return;
        for (const piece of piecesOf(problem)) {
          const { elements, lowerBound } = orderCover(piece);
          const given = new Set([...elements].flatMap((element) => [...row(piece.elementItems, element)]));
          const posed = asProblem(piece);
          expect(isCyclic(posed, (item) => !given.has(item))).toBe(false);
          const least = leastCost(posed);
          expect(lowerBound).toBeGreaterThan(-1);
          expect(lowerBound).toBeLessThanOrEqual(least);
          const cost = elements.reduce((sum, element) => sum + at(piece.cost, element), 0);
          expect(cost).toBeGreaterThanOrEqual(least);
          counts.pieces++;
          counts.optima += Number(lowerBound === least);
          counts.groups += Number([...elements].some((element) => at(piece.origin, element) < 0));
        }
      }),
      { seed: 71, numRuns: 600 },
    );
    expect(Math.min(counts.optima, counts.groups)).toBeGreaterThan(50);
    expect(counts.pieces).toBeGreaterThan(300);
  });

  it('cuts half of what ties builds that all wait for each other, more than a search is for, and proves it', () => {
    const problem = clique(560);
    const { items, cost, lowerBound, place } = solveBreaks(problem);
    expect(cost).toBe((560 * 559) / 2);
    expect(lowerBound).toBe(cost);
    expect(items.length).toBe(cost);
    const given = new Uint8Array(problem.owner.length);
    for (const item of items) given[item] = 1;
    const late = problem.owner.findIndex(
      (node, item) => given[item] === 0 && at(place, at(problem.row, item)) > at(place, node),
    );
    expect(late).toBe(-1);
  });
});
