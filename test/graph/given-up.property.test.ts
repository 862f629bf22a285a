import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import { makeGraphDocument } from '../../src/graph/graph-document.ts';
import type { UnitGraph } from '../../src/graph/unit-graph.ts';
import { why } from '../../src/graph/why.ts';
import { planBuild } from '../../src/pipeline.ts';
import { allNeeds } from '../support/all-needs.ts';
import { planJob } from '../support/planned.ts';

const BOTH = ['amd64', 'arm64'];
const jobs = fc.oneof(
  planJob({ hasLayers: false, indexed: BOTH }),
  planJob({ hasLayers: true, indexed: BOTH }),
);

describe('an edge of the graph', () => {
  it('is honoured just where the plan’s task needs the other one, and else is given up as the plan says', () => {
    const counts = { honoured: 0, cycle: 0, 'later-layer': 0, 'left-out': 0, 'need-left-out': 0 };
    fc.assert(
      fc.property(jobs, ({ inputs, options }) => {
        const { plan, analysis } = planBuild(inputs, options);
        const needs = allNeeds(plan);
        const breaks = new Map(plan.breaks.map(({ from, to, kind }) => [`${from} ${to}`, kind]));
        for (const { from, to, isHonoured, givenUp } of makeGraphDocument(analysis.graph, analysis).edges) {
          expect(isHonoured).toBe(needs.get(from)?.has(to) === true);
          expect(isHonoured).toBe(givenUp === undefined);
          const kind = givenUp === 'cycle' ? 'existing-binary' : givenUp;
          const isBreak = givenUp === 'cycle' || givenUp === 'later-layer';
          expect(breaks.get(`${from} ${to}`)).toBe(isBreak ? kind : undefined);
          if (givenUp === 'left-out') expect(needs.has(from)).toBe(false);
          if (givenUp === 'need-left-out') expect([needs.has(from), needs.has(to)]).toEqual([true, false]);
          if (givenUp !== 'other-alternative') counts[givenUp ?? 'honoured']++;
        }
      }),
      { seed: 8, numRuns: 500 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(15);
  });
});

/** How many edges lead from one unit to another at least: the slow twin of the search, step by step. */
function slowDistance(graph: UnitGraph, start: number, end: number): number {
  let front = new Set([start]);
  for (let steps = 1; steps <= graph.universe.units.length; steps++) {
    const next = new Set<number>();
    for (const unit of front) {
      for (const need of row(graph.needs, unit)) next.add(need);
      if (graph.needsItself[unit] === 1) next.add(unit);
    }
    if (next.has(end)) return steps;
    front = next;
  }
  return 0;
}

describe('why', () => {
  it('goes a shortest way along edges of the plan, else of the graph, and tells whether the plan holds to it', () => {
    const counts = { plan: 0, graph: 0, none: 0, long: 0 };
    fc.assert(
      fc.property(jobs, ({ inputs, options }) => {
        const { plan, analysis } = planBuild(inputs, options);
        const { graph, planned } = analysis;
        const { units } = graph.universe;
        const needs = allNeeds(plan);
        for (const a of units) {
          for (const b of units) {
            const { steps, honouredWay } = why(analysis, a.key, b.key, { isAll: false });
            const inPlan = slowDistance(planned, a.id, b.id);
            const inGraph = slowDistance(graph, a.id, b.id);
            expect(steps.length).toBe(inPlan === 0 ? inGraph : inPlan);
            const ends = steps.map(({ from, to }) => [from, to]);
            if (ends.length > 0) {
              expect([ends[0]?.[0], ends.at(-1)?.[1]]).toEqual([a.key, b.key]);
              for (let place = 1; place < ends.length; place++) {
                expect(at(ends, place)[0]).toBe(at(ends, place - 1)[1]);
              }
            }
            for (const { from, to, isHonoured } of steps) {
              expect(isHonoured).toBe(needs.get(from)?.has(to) === true);
            }
            honouredWay?.slice(1).forEach((to, place) => {
              expect(needs.get(at(honouredWay, place))?.has(to)).toBe(true);
            });
            counts[inPlan > 0 ? 'plan' : inGraph > 0 ? 'graph' : 'none']++;
            counts.long += Number(steps.length > 1);
          }
        }
      }),
      { seed: 9, numRuns: 200 },
    );
    expect(Math.min(counts.plan, counts.graph, counts.none, counts.long)).toBeGreaterThan(20);
  });
});
