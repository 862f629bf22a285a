import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis.ts';
import { at } from '../../src/base/column.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo } from '../../src/base/csr.ts';
import { breakCycles } from '../../src/cycles/break-cycles.ts';
import { BREAK_COSTS } from '../../src/cycles/break-costs.ts';
import { poseBreaks, type BreakRules } from '../../src/cycles/pose-breaks.ts';
import { toDag } from '../../src/graph/dag.ts';
import { HARD, LATER, type UnitGraph } from '../../src/graph/unit-graph.ts';
import { analyseTexts, binary, source } from '../support/texts.ts';

const SETTINGS = { seed: 11, numRuns: 400 };
const RULES: BreakRules = { costs: BREAK_COSTS, mayUseProfiles: true, mayMerge: false };

/** Three to seven sources that need each other a lot; most binaries exist, some in an older version, some need others. */
const analyses = fc
  .integer({ min: 3, max: 7 })
  .chain((count) => {
    const names = fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { maxLength: 3, size: 'max' });
    const own = fc.record({
      needs: names,
      tests: fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { maxLength: 1 }),
      depends: fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { maxLength: 1 }),
      exists: fc.constantFrom('1', '1', '0', undefined),
    });
    return fc.noBias(fc.array(own, { minLength: count, maxLength: count, size: 'max' }));
  })
  .map((places): Analysis => {
    const list = (all: readonly number[], suffix = ''): readonly string[] =>
      all.map((place) => `p${String(place)}${suffix}`);
    const sources = places.map(({ needs, tests }, place) => {
      const relations = [...list(needs), ...list(tests, ' <!nocheck>')];
      return source(`p${String(place)}`, { 'Build-Depends': relations.join(', ') });
    });
    const existing = places.flatMap(({ depends, exists }, place) =>
      exists === undefined
        ? []
        : [binary(`p${String(place)}`, { Version: exists, Depends: list(depends).join(', ') })],
    );
    return analyseTexts({ sources, packages: { amd64: existing } });
  });

/** The edges of a graph that a predicate likes, as a graph; undefined where they have a cycle. */
function dagOf(graph: UnitGraph, isWanted: (edge: number) => boolean): ReturnType<typeof toDag> {
  const edges = new EdgeList();
  for (const { id } of graph.universe.units)
    for (let edge = edgesFrom(graph.needs, id); edge < edgesTo(graph.needs, id); edge++)
      if (isWanted(edge)) edges.push(id, at(graph.needs.target, edge));
  return toDag(buildCsr(graph.universe.units.length, edges));
}

describe('breakCycles', () => {
  it('cuts no hard edge, keeps no edge to a later layer, and leaves no cycle; nothing cut can be put back', () => {
    let cuts = 0;
    fc.assert(
      fc.property(analyses, ({ planned, cut }) => {
        planned.edgeFlags.forEach((flags, edge) => {
          if ((flags & HARD) !== 0) expect(cut.isKept[edge]).toBe(1);
          if ((flags & LATER) !== 0) expect(cut.isKept[edge]).toBe(0);
        });
        expect(dagOf(planned, (edge) => cut.isKept[edge] === 1)).toBeDefined();
        for (const edge of cut.cutEdges) {
          expect(dagOf(planned, (other) => cut.isKept[other] === 1 || other === edge)).toBeUndefined();
        }
        cuts += cut.cutEdges.length;
      }),
      SETTINGS,
    );
    expect(cuts).toBeGreaterThan(400);
  });
  it('names every cut edge in a break, and in each break only edges that are cut', () => {
    let breaks = 0;
    fc.assert(
      fc.property(analyses, ({ planned, cut }) => {
        const named = new Set<string>();
        for (const own of cut.components.flatMap((component) => component.breaks)) {
          breaks++;
          if (own.strategy !== 'existing-binary') continue;
          for (const need of own.needs) named.add(`${String(own.unit)} ${String(need)}`);
        }
        const cutEdges = new Set<string>();
        const isSoft = (edge: number): boolean => (at(planned.edgeFlags, edge) & ~(HARD | 2)) === 0;
        for (const { id } of planned.universe.units)
          for (let edge = edgesFrom(planned.needs, id); edge < edgesTo(planned.needs, id); edge++)
            if (cut.isKept[edge] === 0 && isSoft(edge))
              cutEdges.add(`${String(id)} ${String(at(planned.needs.target, edge))}`);
        expect([...named].sort()).toEqual([...cutEdges].sort());
      }),
      SETTINGS,
    );
    expect(breaks).toBeGreaterThan(300);
  });
  it('gives up no more than the cheapest order of a component has to', () => {
    let compared = 0;
    fc.assert(
      fc.property(analyses, ({ planned }) => {
        for (const { members, cost, lowerBound } of breakCycles(planned, RULES).components) {
          expect(lowerBound).toBeLessThanOrEqual(cost);
          if (members.length > 6) continue;
          const cheapest = cheapestOrder(planned, members);
          expect(lowerBound).toBeCloseTo(cheapest);
          // edges that are honoured again may leave a relation that was given up with nothing to give up
          expect(cost).toBeLessThanOrEqual(cheapest + 1e-9);
          compared++;
        }
      }),
      SETTINGS,
    );
    expect(compared).toBeGreaterThan(200);
  });
  it('cuts one edge of one ring, however long', () => {
    const size = 2000;
    const sources = Array.from({ length: size }, (_, own) =>
      source(`s${String(own)}`, { 'Build-Depends': `s${String((own + 1) % size)} (>= 0)` }),
    );
    const packages = { amd64: Array.from({ length: size }, (_, own) => binary(`s${String(own)}`)) };
    expect(analyseTexts({ sources, packages }).cut.cutEdges.length).toBe(1);
  });
});

/** The least cost of any order of the members: exhaustive. */
function cheapestOrder(graph: UnitGraph, members: Int32Array): number {
  const { problem } = poseBreaks(graph, members, RULES);
  const nodes = Array.from({ length: problem.size }, (_, node) => node);
  return Math.min(...permutations(nodes).map((order) => costOfOrder(problem, order)));
}

function costOfOrder(problem: ReturnType<typeof poseBreaks>['problem'], order: readonly number[]): number {
  const given = [...problem.owner.keys()].filter((item) => {
    const owner = at(problem.owner, item);
    const cells = at(problem.row, item);
    const targets = problem.targets.target.subarray(
      edgesFrom(problem.targets, cells),
      edgesTo(problem.targets, cells),
    );
    return targets.some((target) => target !== owner && order.indexOf(target) > order.indexOf(owner));
  });
  const groupCount = problem.groupCost.length;
  let best = Infinity;
  for (let chosen = 0; chosen < 1 << groupCount; chosen++) {
    const groups = Array.from({ length: groupCount }, (_, group) => group).filter(
      (group) => (chosen & (1 << group)) !== 0,
    );
    const freed = new Set(
      groups.flatMap((group) => [
        ...problem.groups.target.subarray(edgesFrom(problem.groups, group), edgesTo(problem.groups, group)),
      ]),
    );
    const cost =
      groups.reduce((sum, group) => sum + at(problem.groupCost, group), 0) +
      given.filter((item) => !freed.has(item)).reduce((sum, item) => sum + at(problem.cost, item), 0);
    best = Math.min(best, cost);
  }
  return best;
}

function permutations(nodes: readonly number[]): readonly (readonly number[])[] {
  if (nodes.length === 0) return [[]];
  return nodes.flatMap((first) =>
    permutations(nodes.filter((node) => node !== first)).map((rest) => [first, ...rest]),
  );
}
