import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AscendingSet } from '../../src/base/ascending-set.ts';
import { buildCsr, EdgeList, row, type Csr } from '../../src/base/csr.ts';
import { InstallClosures } from '../../src/graph/install-closures.ts';

const NODES = 12;

/** The slow twin: all that nodes lead to, these included. */
function reach(needs: Csr, starts: readonly number[]): ReadonlySet<number> {
  const found = new Set(starts);
  for (const node of found) for (const next of row(needs, node)) found.add(next);
  return found;
}

const node = fc.nat({ max: NODES - 1 });
const graphs = fc.record({
  edges: fc.array(fc.tuple(node, node), { maxLength: 30, size: 'max' }),
  items: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: NODES, maxLength: NODES }),
  unions: fc.array(fc.array(node, { maxLength: 4 }), { minLength: 1, maxLength: 5, size: 'max' }),
});

describe('InstallClosures', () => {
  const check = (mostCells?: number): void => {
    let found = 0;
    fc.assert(
      fc.property(graphs, ({ edges, items, unions }) => {
        const list = new EdgeList();
        for (const [from, to] of edges) list.push(from, to);
        const needs = buildCsr(NODES, list);
        const nodes = Int32Array.from({ length: NODES }, (_, index) => index);
        const itemOf = (index: number): number => items[index] ?? -1;
        const closures = new InstallClosures({ nodes, placeOf: nodes, needs }, itemOf, 6, mostCells);
        for (const starts of unions) {
          closures.begin();
          for (const start of starts) closures.meet(start);
          const met = [...closures.met.subarray(0, closures.count)];
          const expected = new Set([...reach(needs, starts)].map(itemOf).filter((item) => item >= 0));
          expect(met.sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
          found += met.length;
        }
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(found).toBeGreaterThan(1000);
  };

  it('meets the items of all that the nodes lead to, each once', () => {
    check();
  });

  it('meets the same where there is no room for the rows of some', () => {
    check(5);
    check(0);
  });
});

describe('AscendingSet', () => {
  it('gives back what was added, ascending and once, and is empty then', () => {
    const limit = 5000;
    const set = new AscendingSet(limit);
    const into = new Int32Array(limit);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: limit - 1 }), { maxLength: 200, size: 'max' }), (members) => {
        for (const member of members) set.add(member);
        const count = set.drain(into);
        expect([...into.subarray(0, count)]).toEqual([...new Set(members)].sort((a, b) => a - b));
        expect(set.drain(into)).toBe(0);
      }),
      { seed: 1, numRuns: 300, examples: [[[0, 31, 32, 1023, 1024, limit - 1]]] },
    );
  });
});
