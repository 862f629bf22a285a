import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { findHardCycles } from '../../src/cycles/find-cycles.ts';
import { HARD } from '../../src/graph/unit-graph.ts';
import { needsGraph, reachable, unitGraphOf, type NeedsEdge } from '../support/needs-graphs.ts';

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
