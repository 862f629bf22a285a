import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { BreakProblem, BreakSolution } from '../../src/cycles/break-problem.ts';
import { findStuck, solveBreaks } from '../../src/cycles/solve-breaks.ts';
import { breakProblem, givenUp, isCyclic, leastCost, waitsOf } from '../support/break-problems.ts';

const COSTS = [0, 1, 1, 2, 3, 5, 8, Infinity];
const SMALL = breakProblem({ nodes: { min: 2, max: 6 }, density: 2, costs: COSTS, groups: 6 });
const STUCK = breakProblem({
  nodes: { min: 2, max: 6 },
  density: 2,
  costs: [1, Infinity, Infinity],
  groups: 4,
});
const SOLVABLE = breakProblem({
  nodes: { min: 2, max: 6 },
  density: 3,
  costs: [0.5, 1, 1, 2, 4, 7.25],
  groups: 5,
});
const ODD = breakProblem({ nodes: { min: 2, max: 6 }, density: 3, costs: [1 / 3, 1, Math.PI], groups: 5 });
const LARGE = breakProblem({
  nodes: { min: 26, max: 70 },
  density: 3,
  costs: [1, 1, 1, 2, 4, 10],
  groups: 30,
});
const OPTIONS = { seed: 5, effort: 1 };

/** Whether an item can't be given up at any price. */
function isForced(problem: BreakProblem, item: number): boolean {
  return (
    problem.cost[item] === Infinity &&
    !problem.groupCost.some((cost, group) => cost < Infinity && row(problem.groups, group).includes(item))
  );
}

function expectSound(problem: BreakProblem, { items, groups, place, cost, lowerBound }: BreakSolution): void {
  const given = givenUp(problem, items, groups);
  expect([...place].sort((a, b) => a - b)).toEqual([...place.keys()]);
  problem.owner.forEach((owner, item) => {
    if (given.has(item)) return;
    for (const need of waitsOf(problem, item)) expect(at(place, need)).toBeLessThan(at(place, owner));
  });
  const alone = items.reduce((sum, item) => sum + at(problem.cost, item), 0);
  const together = groups.reduce((sum, group) => sum + at(problem.groupCost, group), 0);
  expect(cost).toBeCloseTo(alone + together, 9);
  expect(cost).toBeLessThan(Infinity);
  expect(lowerBound).toBeLessThanOrEqual(cost);
  for (const item of items) {
    const rest = givenUp(
      problem,
      items.filter((other) => other !== item),
      groups,
    );
    expect(isCyclic(problem, (each) => !rest.has(each))).toBe(true);
  }
  for (const group of groups) {
    const rest = givenUp(
      problem,
      items,
      groups.filter((other) => other !== group),
    );
    expect(isCyclic(problem, (each) => !rest.has(each))).toBe(true);
  }
}

describe('findStuck', () => {
  it('names the nodes that wait for each other by what can not be given up', () => {
    let stuck = 0;
    fc.assert(
      fc.property(STUCK, (problem) => {
        const found = findStuck(problem);
        expect(found.length > 0).toBe(isCyclic(problem, (item) => isForced(problem, item)));
        expect(found.length > 0).toBe(leastCost(problem) === Infinity);
        for (const nodes of found) {
          stuck++;
          expect(nodes.length).toBeGreaterThan(1);
          for (const node of nodes) {
            const waits = [...problem.owner.keys()].some(
              (item) =>
                problem.owner[item] === node &&
                isForced(problem, item) &&
                waitsOf(problem, item).some((need) => nodes.includes(need)),
            );
            expect(waits).toBe(true);
          }
        }
      }),
      { seed: 11, numRuns: 600 },
    );
    expect(stuck).toBeGreaterThan(50);
  });

  it('makes solveBreaks refuse', () => {
    const two = {
      size: 2,
      owner: Int32Array.of(0, 1),
      row: Int32Array.of(1, 0),
      targets: { offset: Int32Array.of(0, 1, 2), target: Int32Array.of(0, 1) },
      cost: Float64Array.of(Infinity, Infinity),
      groups: { offset: Int32Array.of(0), target: new Int32Array() },
      groupCost: new Float64Array(),
    };
    expect(findStuck(two)).toEqual([Int32Array.of(0, 1)]);
    expect(() => solveBreaks(two)).toThrow('BUG');
  });
});

describe('solveBreaks', () => {
  it.each([
    ['with what can not be given up and what costs nothing', SMALL],
    ['with costs that are no whole numbers', SOLVABLE],
    ['with costs without a common measure', ODD],
  ])('finds an optimum of a few nodes %s, and proves it', (_, problems) => {
    const counts = { costly: 0, groups: 0, items: 0 };
    fc.assert(
      fc.property(problems, (problem) => {
        if (findStuck(problem).length > 0) return;
        const solution = solveBreaks(problem, OPTIONS);
        expectSound(problem, solution);
        expect(solution.cost).toBeCloseTo(leastCost(problem), 9);
        expect(solution.lowerBound).toBe(solution.cost);
        counts.costly += Number(solution.cost > 0);
        counts.groups += solution.groups.length;
        counts.items += solution.items.length;
      }),
      { seed: 12, numRuns: 400 },
    );
    expect(Math.min(counts.costly, counts.groups, counts.items)).toBeGreaterThan(100);
  });

  it('gives up nothing of many nodes that could be put back, by the first set and by the search', () => {
    let better = 0;
    fc.assert(
      fc.property(LARGE, (problem) => {
        const first = solveBreaks(problem, { ...OPTIONS, effort: 0 });
        const searched = solveBreaks(problem, OPTIONS);
        expectSound(problem, first);
        expectSound(problem, searched);
        expect(searched.lowerBound).toBeLessThanOrEqual(first.cost);
        better += Math.sign(first.cost - searched.cost);
      }),
      { seed: 13, numRuns: 16 },
    );
    expect(better).toBeGreaterThan(3);
  });

  it('gives the same solution for the same problem and seed', () => {
    fc.assert(
      fc.property(LARGE, fc.nat(), (problem, seed) => {
        const options = { seed, effort: 2 };
        expect(solveBreaks(problem, options)).toEqual(solveBreaks(problem, options));
      }),
      { seed: 14, numRuns: 10 },
    );
  });

  it('gives up nothing where there is no cycle, and one wait of a ring, however long', () => {
    const size = 5000;
    const ring = (last: number): BreakProblem => ({
      size,
      owner: Int32Array.from({ length: size }, (_, node) => node),
      row: Int32Array.from({ length: size }, (_, node) => (node + 1 < size ? node + 1 : last)),
      targets: {
        offset: Int32Array.from({ length: size + 1 }, (_, node) => node),
        target: Int32Array.from({ length: size }, (_, node) => node),
      },
      cost: Float64Array.from({ length: size }, (_, node) => (node === 77 ? 1 : 2)),
      groups: { offset: Int32Array.of(0), target: new Int32Array() },
      groupCost: new Float64Array(),
    });
    const open = solveBreaks(ring(size - 1));
    expect([open.cost, open.items.length, open.place[0]]).toEqual([0, 0, size - 1]);
    const closed = solveBreaks(ring(0));
    expect([closed.cost, closed.lowerBound, ...closed.items]).toEqual([1, 1, 77]);
  });
});
