import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildCsr,
  EdgeList,
  edgesFrom,
  edgesTo,
  row,
  rowCount,
  transpose,
  type Csr,
} from '../../src/base/csr.ts';

const SETTINGS = { seed: 1, numRuns: 500 };
const pairs = fc
  .integer({ min: 1, max: 20 })
  .chain((count) =>
    fc.tuple(fc.constant(count), fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 })),
  );

function csrOf(rows: number, edges: readonly (readonly [number, number])[]): Csr {
  const list = new EdgeList();
  for (const [from, to] of edges) list.push(from, to);
  return buildCsr(rows, list);
}

function rowsOf(csr: Csr): readonly (readonly number[])[] {
  return Array.from({ length: rowCount(csr) }, (_, index) => [...row(csr, index)]);
}

describe('buildCsr', () => {
  it('keeps every edge in its row, in the order in which it was given', () => {
    fc.assert(
      fc.property(pairs, ([count, edges]) => {
        const expected = Array.from({ length: count }, (_, from) =>
          edges.filter((edge) => edge[0] === from).map((edge) => edge[1]),
        );
        expect(rowsOf(csrOf(count, edges))).toEqual(expected);
      }),
      SETTINGS,
    );
  });
  it('numbers edges row by row without gaps', () => {
    fc.assert(
      fc.property(pairs, ([count, edges]) => {
        const csr = csrOf(count, edges);
        let next = 0;
        for (let index = 0; index < count; index++) {
          expect(edgesFrom(csr, index)).toBe(next);
          next = edgesTo(csr, index);
        }
        expect(next).toBe(edges.length);
      }),
      SETTINGS,
    );
  });
  it('makes rows without edges', () => {
    expect(rowsOf(csrOf(3, []))).toEqual([[], [], []]);
    expect(rowsOf(csrOf(0, []))).toEqual([]);
  });
  it('holds more edges than the list began with', () => {
    const edges = Array.from({ length: 5000 }, (_, index): [number, number] => [index % 3, index]);
    const csr = csrOf(3, edges);
    expect(csr.target.length).toBe(5000);
    expect([...row(csr, 2)]).toEqual(edges.filter(([from]) => from === 2).map(([, to]) => to));
  });
});

describe('transpose', () => {
  it('turns every edge round, each row ascending', () => {
    fc.assert(
      fc.property(pairs, ([count, edges]) => {
        const expected = Array.from({ length: count }, (_, to) =>
          edges
            .filter((edge) => edge[1] === to)
            .map((edge) => edge[0])
            .sort((a, b) => a - b),
        );
        expect(rowsOf(transpose(csrOf(count, edges), count))).toEqual(expected);
      }),
      SETTINGS,
    );
  });
  it('takes targets beyond the rows', () => {
    expect(rowsOf(transpose(csrOf(1, [[0, 4]]), 6))).toEqual([[], [], [], [], [0], []]);
  });
});
