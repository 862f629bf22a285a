import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberRows } from '../../src/archive/number-rows.ts';
import { row, rowCount } from '../../src/base/csr.ts';

describe('rows of numbers', () => {
  it('are what arrays of arrays are, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(), { maxLength: 3000 }), { maxLength: 3000 }), (arrays) => {
        const rows = new NumberRows();
        const numbers = arrays.map((cells) => {
          for (const cell of cells) rows.push(cell);
          return rows.endRow();
        });
        expect(numbers).toEqual([...arrays.keys()]);
        expect(rows.size).toBe(arrays.flat().length);
        const csr = rows.toCsr();
        expect(rowCount(csr)).toBe(arrays.length);
        arrays.forEach((cells, number) => {
          expect([...row(csr, number)]).toEqual(cells);
          expect(rows.to(number) - rows.from(number)).toBe(cells.length);
          cells.forEach((cell, place) => {
            expect(rows.at(rows.from(number) + place)).toBe(cell);
          });
        });
      }),
      {
        numRuns: 30,
        seed: 12,
        examples: [[[[...new Array(5000).keys()], []]], [new Array<number[]>(2500).fill([1])]],
      },
    );
  });
});
