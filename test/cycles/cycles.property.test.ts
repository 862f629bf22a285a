import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { breakCycles } from '../../src/cycles/break-cycles.ts';
import { findHardCycles } from '../../src/cycles/find-cycles.ts';
import { toDag } from '../../src/graph/dag.ts';
import { HARD, LATER } from '../../src/graph/unit-graph.ts';
import { csrOf, needsGraph, reachable, unitGraphOf, type NeedsEdge } from '../support/needs-graphs.ts';

const SETTINGS = { seed: 7, numRuns: 1500 };

function isHard({ flags }: NeedsEdge): boolean {
  return (flags & HARD) !== 0;
}

/** Length of the shortest way from a node back to itself. */
function girthAt(start: number, edges: readonly NeedsEdge[]): number {
  let front: readonly number[] = [start];
  for (let steps = 1; steps <= 20; steps++) {
    front = edges.filter(({ from }) => front.includes(from)).map(({ to }) => to);
    if (front.includes(start)) return steps;
  }
  return Infinity;
}

describe('findHardCycles', () => {
  it('finds each set of units that need each other hard, and a shortest ring through its lowest', () => {
    let found = 0;
    fc.assert(
      fc.property(needsGraph({ most: 8, isBreakable: false }), (small) => {
        const hard = small.edges.filter(isHard);
        const reach = reachable(small.nodeCount, hard);
        const expected = new Map<string, readonly number[]>();
        for (let node = 0; node < small.nodeCount; node++) {
          const knot = [...at(reach, node)].filter((other) => at(reach, other).has(node));
          if (knot.length > 0)
            expected.set(
              String(Math.min(...knot)),
              knot.sort((a, b) => a - b),
            );
          else if (small.needsItself.includes(node)) expected.set(String(node), [node]);
        }
        const cycles = findHardCycles(unitGraphOf(small));
        expect(cycles.map(({ members }) => members)).toEqual(
          [...expected.values()].sort((a, b) => at(a, 0) - at(b, 0)),
        );
        for (const { units, members } of cycles) {
          expect(units[0]).toBe(members[0]);
          expect(new Set(units).size).toBe(units.length);
          if (members.length === 1) continue;
          expect(units.length).toBe(girthAt(at(members, 0), hard));
          units.forEach((from, index) => {
            const to = units[(index + 1) % units.length];
            expect(hard.some((edge) => edge.from === from && edge.to === to)).toBe(true);
          });
          found++;
        }
      }),
      SETTINGS,
    );
    expect(found).toBeGreaterThan(200);
  });
});

describe('breakCycles', () => {
  it('cuts no hard edge, keeps no edge to a later layer, and leaves no cycle', () => {
    let cuts = 0;
    fc.assert(
      fc.property(needsGraph({ most: 10, isBreakable: true }), (small) => {
        const { isKept, cutEdges } = breakCycles(unitGraphOf(small));
        const cut: number[] = [];
        small.edges.forEach(({ flags }, edge) => {
          const isLater = (flags & LATER) !== 0;
          if ((flags & HARD) !== 0) expect(isKept[edge]).toBe(1);
          if (isLater) expect(isKept[edge]).toBe(0);
          else if (isKept[edge] === 0) cut.push(edge);
        });
        expect(cutEdges).toEqual(cut);
        const kept = small.edges.filter((_, edge) => isKept[edge] === 1);
        expect(toDag(csrOf(small.nodeCount, kept))).toBeDefined();
        cuts += cut.length;
      }),
      SETTINGS,
    );
    expect(cuts).toBeGreaterThan(1000);
  });
  it('cuts no edge that could be put back', () => {
    fc.assert(
      fc.property(needsGraph({ most: 10, isBreakable: true }), (small) => {
        const { isKept, cutEdges, isMinimal } = breakCycles(unitGraphOf(small));
        expect(isMinimal).toBe(true);
        for (const cut of cutEdges) {
          const more = small.edges.filter((_, edge) => isKept[edge] === 1 || edge === cut);
          expect(toDag(csrOf(small.nodeCount, more))).toBeUndefined();
        }
      }),
      SETTINGS,
    );
  });
  it('keeps every edge of a graph without cycles', () => {
    fc.assert(
      fc.property(needsGraph({ most: 10, isBreakable: true }), (small) => {
        const edges = small.edges.filter(({ from, to, flags }) => from > to && (flags & LATER) === 0);
        const { isKept, cutEdges } = breakCycles(unitGraphOf({ ...small, edges }));
        expect(cutEdges).toEqual([]);
        expect([...isKept]).toEqual(edges.map(() => 1));
      }),
      SETTINGS,
    );
  });
  it('needs no more than one cut for one ring, however long', () => {
    const ring = Array.from({ length: 100_000 }, (_, from) => ({ from, to: (from + 1) % 100_000, flags: 0 }));
    const { cutEdges, isMinimal } = breakCycles(
      unitGraphOf({ nodeCount: 100_000, edges: ring, needsItself: [] }),
    );
    expect(cutEdges.length).toBe(1);
    expect(isMinimal).toBe(true);
  });
  it('cuts the edge that does the least harm: a run-time one before a build dependency', () => {
    const edges = [
      { from: 0, to: 1, flags: 2 },
      { from: 1, to: 2, flags: 0 },
      { from: 2, to: 0, flags: 2 },
    ];
    expect(breakCycles(unitGraphOf({ nodeCount: 3, edges, needsItself: [] })).cutEdges).toEqual([1]);
  });
});
