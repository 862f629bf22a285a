import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row, rowCount, type Csr } from '../../src/base/csr.ts';
import { rowParts } from '../../src/cycles/solve/row-parts.ts';

const SIZE = 12;
const ROWS = fc.array(fc.uniqueArray(fc.nat(SIZE - 1), { maxLength: 9 }), { minLength: 1, maxLength: 20 });

function csrOf(rows: readonly (readonly number[])[]): Csr {
  const ascending = rows.map((cells) => [...cells].sort((a, b) => a - b));
  const offset = [0];
  for (const cells of ascending) offset.push(at(offset, offset.length - 1) + cells.length);
  return { offset: Int32Array.from(offset), target: Int32Array.from(ascending.flat()) };
}

/** The nodes of a row, by the parts of its parts. */
function nodesOf(parts: Csr, index: number): readonly number[] {
  return [...row(parts, index)].flatMap((part) => (part < SIZE ? [part] : nodesOf(parts, part - SIZE)));
}

describe('rowParts', () => {
  it('writes rows with the same nodes, in no more cells, by smaller rows', () => {
    let nested = 0;
    fc.assert(
      fc.property(ROWS, (drawn) => {
        const rows = csrOf(drawn);
        const parts = rowParts(rows, SIZE);
        expect(rowCount(parts)).toBe(rowCount(rows));
        for (let index = 0; index < rowCount(rows); index++) {
          const found = new Set(nodesOf(parts, index));
          expect([...found].sort((a, b) => a - b)).toEqual([...row(rows, index)]);
          expect(row(parts, index).length).toBeLessThanOrEqual(row(rows, index).length);
          for (const part of row(parts, index)) {
            if (part < SIZE) continue;
            expect(row(rows, part - SIZE).length).toBeLessThan(row(rows, index).length);
            nested++;
          }
        }
      }),
      { seed: 51, numRuns: 500 },
    );
    expect(nested).toBeGreaterThan(500);
  });

  it('writes a chain of rows, each with a node more than the last, in two cells a row', () => {
    const rows = csrOf(Array.from({ length: SIZE }, (_, last) => [...Array(last + 1).keys()]));
    expect(rowParts(rows, SIZE).target.length).toBe(2 * SIZE - 1);
  });
});
