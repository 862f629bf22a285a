import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import { row, rowCount } from '../../src/base/csr.ts';
import { CoverSearch } from '../../src/cycles/solve/cover-search.ts';
import { dualBound } from '../../src/cycles/solve/dual-bound.ts';
import { searchExact } from '../../src/cycles/solve/exact-search.ts';
import { granuleOf, roundUp } from '../../src/cycles/solve/granule.ts';
import type { Piece } from '../../src/cycles/solve/piece.ts';
import { asProblem, breakProblem, leastCost, piecesOf } from '../support/break-problems.ts';

const PROBLEMS = breakProblem({
  nodes: { min: 3, max: 6 },
  density: 3,
  costs: [1, 1, 2, 3, 6],
  groups: 4,
});
const NO_PRICES = { cycleNodes: new Int32Array(), cyclePrice: new Float64Array() };

function costOf(piece: Piece, elements: Int32Array): number {
  return elements.reduce((sum, element) => sum + at(piece.cost, element), 0);
}

describe('searchExact', () => {
  it('finds an optimum without knowing anything, and proves one that it is told', () => {
    let found = 0;
    fc.assert(
      fc.property(PROBLEMS, (problem) => {
        for (const piece of piecesOf(problem)) {
          const least = leastCost(asProblem(piece));
          const above = { upper: least + 1, granule: 1, ...NO_PRICES };
          const elements = searchExact(piece, above, Infinity);
          if (elements === undefined || elements === 'none') throw new Error('nothing found');
          expect(costOf(piece, elements)).toBe(least);
          expect(searchExact(piece, { ...above, upper: least }, Infinity)).toBe('none');
          expect(searchExact(piece, { ...above, upper: least * 1.001, granule: 0 }, Infinity)).toEqual(
            elements,
          );
          expect(searchExact(piece, above, -1)).toBeUndefined();
          found++;
        }
      }),
      { seed: 21, numRuns: 250 },
    );
    expect(found).toBeGreaterThan(200);
  });

  it('finds it as well with the prices of a dual bound, which never exceeds it', () => {
    let priced = 0;
    fc.assert(
      fc.property(PROBLEMS, fc.nat(), (problem, seed) => {
        for (const piece of piecesOf(problem)) {
          const least = leastCost(asProblem(piece));
          const search = new CoverSearch(piece, seededRandom(seed));
          expect(search.bestCost).toBeGreaterThanOrEqual(least);
          search.improve(200);
          expect(search.bestCost).toBe(costOf(piece, search.best));
          const cycles = search.cover.cycles.toCsr();
          const { bound, price } = dualBound(piece.cost, cycles, search.bestCost, Infinity);
          expect(bound).toBeLessThan(least + 1e-6);
          expectPriced(piece, cycles, price);
          const known = {
            upper: least + 1,
            granule: 1,
            cycleNodes: Int32Array.from(search.nodeMasks),
            cyclePrice: price,
          };
          const elements = searchExact(piece, known, Infinity);
          if (elements === undefined || elements === 'none') throw new Error('nothing found');
          expect(costOf(piece, elements)).toBe(least);
          priced += price.filter((each) => each > 0).length;
        }
      }),
      { seed: 22, numRuns: 250 },
    );
    expect(priced).toBeGreaterThan(500);
  });
});

/** No element hits more than it costs. */
function expectPriced(
  piece: Piece,
  cycles: ReturnType<CoverSearch['cover']['cycles']['toCsr']>,
  price: Float64Array,
): void {
  const hit = new Float64Array(piece.cost.length);
  for (let cycle = 0; cycle < rowCount(cycles); cycle++) {
    expect(at(price, cycle)).toBeGreaterThanOrEqual(0);
    for (const element of row(cycles, cycle)) hit[element] = at(hit, element) + at(price, cycle);
  }
  hit.forEach((worth, element) => {
    expect(worth).toBeLessThan(at(piece.cost, element) + 1e-9);
  });
}

describe('granuleOf', () => {
  it.each([
    [[4, 6, 10], 2],
    [[1, 2.5], 0.5],
    [[0.25, 0.75, 3], 0.25],
    [[0.3, 0.7], 0.1],
    [[Math.PI, 1], 0],
  ])('of %j is %d', (costs, granule) => {
    expect(granuleOf(Float64Array.from(costs))).toBeCloseTo(granule, 12);
  });

  it('rounds a bound up to the next sum that there can be, but not for a rounding error', () => {
    expect(roundUp(7.1, 2)).toBe(8);
    expect(roundUp(8 + 1e-9, 2)).toBe(8);
    expect(roundUp(7.1, 0)).toBe(7.1);
  });
});
