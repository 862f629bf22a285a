import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { BREAK_COSTS } from '../../src/cycles/break-costs.ts';
import { breakCycles } from '../../src/cycles/break-cycles.ts';
import type { BreakProblem, Hints } from '../../src/cycles/break-problem.ts';
import { cutMemory, recallHints, rememberComponent } from '../../src/cycles/cut-memory.ts';
import { poseBreaks, type BreakRules, type PosedBreaks } from '../../src/cycles/pose-breaks.ts';
import { findStuck, solveBreaks } from '../../src/cycles/solve-breaks.ts';
import type { UnitGraph } from '../../src/graph/unit-graph.ts';
import { breakProblem, givenUp, isCyclic } from '../support/break-problems.ts';
import { analyseTexts, binary, source } from '../support/texts.ts';

/** With pieces beyond those that are solved exactly, as a rule. */
const LARGE = breakProblem({
  nodes: { min: 40, max: 80 },
  density: 3,
  costs: [1, 1, 1, 2, 4, 10],
  groups: 30,
});
const OPTIONS = { seed: 5, effort: 1 };
const RULES: BreakRules = { costs: BREAK_COSTS, mayUseProfiles: true, mayMerge: false };

/** The same with other costs for a seventh of the items, and some rows exchanged. */
function changed(problem: BreakProblem): BreakProblem {
  const cost = problem.cost.map((each, item) => (item % 7 === 3 ? 1 + (each % 4) : each));
  const row = problem.row.map((each, item) => (item % 11 === 5 ? at(problem.row, item - 1) : each));
  return { ...problem, cost, row };
}

describe('solveBreaks with hints', () => {
  it('gives the solution that they come from when nothing has changed', () => {
    let known = 0;
    fc.assert(
      fc.property(LARGE, (problem) => {
        const first = solveBreaks(problem, OPTIONS);
        const again = solveBreaks(problem, OPTIONS, first);
        expect([again.items, again.groups, again.cost]).toEqual([first.items, first.groups, first.cost]);
        expect(again.lowerBound).toBeCloseTo(first.lowerBound, 6);
        known += Math.min(1, first.cycles.items.length);
      }),
      { seed: 21, numRuns: 24 },
    );
    expect(known).toBeGreaterThan(15);
  });

  it('leaves no cycle of a changed problem, at no higher cost than without', () => {
    const sum = { cold: 0, hinted: 0, bound: 0, coldBound: 0 };
    fc.assert(
      fc.property(LARGE, (problem) => {
        const other = changed(problem);
        if (findStuck(other).length > 0) return;
        const cold = solveBreaks(other, OPTIONS);
        const hinted = solveBreaks(other, OPTIONS, solveBreaks(problem, OPTIONS));
        const given = givenUp(other, hinted.items, hinted.groups);
        expect(isCyclic(other, (item) => !given.has(item))).toBe(false);
        expect(hinted.lowerBound).toBeLessThanOrEqual(Math.min(cold.cost, hinted.cost) + 1e-9);
        sum.cold += cold.cost;
        sum.hinted += hinted.cost;
        sum.coldBound += cold.lowerBound;
        sum.bound += hinted.lowerBound;
      }),
      { seed: 22, numRuns: 24 },
    );
    expect(sum.cold).toBeGreaterThan(200);
    expect(sum.hinted).toBeLessThanOrEqual(sum.cold * 1.01);
    expect(sum.bound).toBeGreaterThanOrEqual(sum.coldBound * 0.98);
  });

  it('believes none that is false', () => {
    fc.assert(
      fc.property(LARGE, fc.array(fc.array(fc.nat(), { minLength: 2, maxLength: 4 })), (problem, drawn) => {
        const items = drawn.map((cycle) => cycle.map((item) => item % problem.owner.length));
        const hints: Hints = {
          items: new Int32Array(),
          groups: new Int32Array(),
          cycles: { items, price: items.map(() => 1e6), gap: items.map(() => 1) },
        };
        const { cost } = solveBreaks(problem, OPTIONS);
        const hinted = solveBreaks(problem, OPTIONS, hints);
        const given = givenUp(problem, hinted.items, hinted.groups);
        expect(isCyclic(problem, (item) => !given.has(item))).toBe(false);
        expect(hinted.lowerBound).toBeLessThanOrEqual(cost + 1e-9);
      }),
      { seed: 23, numRuns: 24 },
    );
  });
});

/** Sources that need each other; further ones have names before and between theirs. */
function knot(further: readonly string[]): UnitGraph {
  const names = ['b', 'd', 'f'];
  const sources = [...names, ...further].map((name) =>
    source(name, { 'Build-Depends': [...names, 'b <!nocheck>'].filter((each) => each !== name).join(', ') }),
  );
  const packages = { amd64: names.map((name) => binary(name, { Version: '0' })) };
  return analyseTexts({ sources, packages }).planned;
}

function posedKnot(graph: UnitGraph): PosedBreaks {
  return poseBreaks(graph, at(breakCycles(graph, RULES).components, 0).members, RULES);
}

describe('recallHints', () => {
  it('knows each item again where units have other numbers', () => {
    const then = knot([]);
    const now = knot(['a', 'c', 'e']);
    const posed = posedKnot(then);
    const solution = solveBreaks(posed.problem);
    const all = [...posed.itemKind.keys()];
    const cycles = { items: [all, [0, 1]], price: [2, 3], gap: [1, 4] };
    const memory = cutMemory([rememberComponent(then, posed, { ...solution, cycles })]);
    const posedNow = posedKnot(now);
    expect(posedNow.members).not.toEqual(posed.members);
    const { items, groups } = solution;
    expect(recallHints(memory, now, posedNow)).toEqual({ items, groups, cycles });
  });

  it('leaves out what is gone, and finds nothing in other units', () => {
    const graph = knot([]);
    const posed = posedKnot(graph);
    const solution = solveBreaks(posed.problem);
    const gone = posed.itemKind.length - 1;
    const cycles = { items: [[0, gone], [0]], price: [1, 2], gap: [1, 1] };
    const memory = cutMemory([rememberComponent(graph, posed, { ...solution, cycles })]);
    const fewer = { ...posed, itemKind: posed.itemKind.slice(0, gone) };
    expect(recallHints(memory, graph, fewer)?.cycles).toEqual({ items: [[0]], price: [2], gap: [1] });
    expect(recallHints(cutMemory([]), graph, posed)).toBeUndefined();
  });
});
