import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { putBack } from '../../src/cycles/put-back.ts';

interface Case {
  /** The place of each node. */
  readonly place: readonly number[];
  /** Those of one node together. */
  readonly edges: readonly { readonly from: number; readonly to: number }[];
}

const CASES: fc.Arbitrary<Case> = fc.integer({ min: 2, max: 40 }).chain((size) => {
  const nodes = Array.from({ length: size }, (_, node) => node);
  const node = fc.nat(size - 1);
  return fc.record({
    place: fc.shuffledSubarray(nodes, { minLength: size }),
    edges: fc
      .uniqueArray(fc.record({ from: node, to: node }), {
        maxLength: 3 * size,
        size: 'max',
        selector: ({ from, to }) => from * size + to,
      })
      .map((edges) => edges.filter(({ from, to }) => from !== to).sort((a, b) => a.from - b.from)),
  });
});

/** Whether a chain of kept edges leads from one node to another. */
function leads(edges: Case['edges'], isKept: readonly boolean[], from: number, to: number): boolean {
  const met = new Set([from]);
  for (const node of met)
    edges.forEach((edge, index) => {
      if (isKept[index] === true && edge.from === node) met.add(edge.to);
    });
  return met.has(to);
}

describe('putBack', () => {
  it('puts back, in order, each edge that makes no cycle with what is kept by then', () => {
    const counts = { back: 0, cut: 0 };
    fc.assert(
      fc.property(CASES, ({ place, edges }) => {
        const isKept = edges.map(({ from, to }) => at(place, to) < at(place, from));
        const fast = {
          from: Int32Array.from(edges, ({ from }) => from),
          to: Int32Array.from(edges, ({ to }) => to),
          isKept: Uint8Array.from(isKept, Number),
        };
        edges.forEach(({ from, to }, index) => {
          if (isKept[index] === true || leads(edges, isKept, to, from)) return;
          isKept[index] = true;
          counts.back++;
        });
        putBack(fast, Int32Array.from(place));
        expect([...fast.isKept]).toEqual(isKept.map(Number));
        counts.cut += isKept.filter((kept) => !kept).length;
      }),
      { seed: 61, numRuns: 300 },
    );
    expect(Math.min(counts.back, counts.cut)).toBeGreaterThan(500);
  });
});
