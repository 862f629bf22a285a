import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReport } from '../../src/report/decode-report.ts';
import { encodeReport } from '../../src/report/encode-report.ts';
import { formatNumbers, parseNumbers } from '../../src/report/number-text.ts';

const number = fc.oneof(
  fc.integer({ min: -40, max: 40 }),
  fc.maxSafeInteger(),
  fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
  fc.double(),
  fc.constantFrom(-0, NaN, Infinity, 2 ** 51 - 1, 1 - 2 ** 51, 31, 32, 1023, 1024),
);
/** Columns hold any number; JSON has neither NaN nor a negative zero. */
const jsonNumber = fc
  .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger(), fc.nat(9))
  .map((cell) => (cell === 0 ? 0 : cell));
const wholeNumber = fc.oneof(
  fc.integer({ min: -40, max: 40 }),
  fc.integer({ min: 1 - 2 ** 51, max: 2 ** 51 - 1 }),
  fc.constantFrom(2 ** 51 - 1, 1 - 2 ** 51),
);

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('</script>', '<!--', '__proto__', 'a', 'ab', 'abc', '\ud83d', '\ud83d\ude00', '\u2028', ''),
);
const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.string({ maxLength: 3 }));

/** What JSON can hold, and columns; lists are long enough to be packed. */
const { value } = fc.letrec<{ value: unknown }>((tie) => {
  const list = <T>(cell: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(cell, { maxLength: 14, size: 'max' });
  const record = fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true });
  return {
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(fc.constant(null), fc.boolean(), text, jsonNumber),
      list(text),
      list(fc.constantFrom('many', 'are', 'equal')),
      list(jsonNumber),
      fc.oneof(
        fc.uint8Array({ size: 'max', maxLength: 20 }),
        fc.uint16Array({ size: 'max', maxLength: 20 }),
        fc.uint32Array({ size: 'max', maxLength: 20 }),
        fc.float64Array({ size: 'max', maxLength: 20 }),
      ),
      record,
      list(record),
      list(tie('value')),
    ),
  };
});

describe('formatNumbers', () => {
  it('is read back as it was, whatever the numbers', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(number, { size: 'max', maxLength: 40 }), fc.array(wholeNumber)),
        (numbers) => {
          const written = formatNumbers(numbers);
          expect([...parseNumbers(written)]).toEqual(numbers);
          expect(written).toMatch(/^[dis][\w .+-]*$/);
        },
      ),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('is longer than one piece of text', () => {
    const numbers = Array.from({ length: 30_000 }, (_, index) => (index * 7919) % 65_536);
    expect([...parseNumbers(formatNumbers(numbers))]).toEqual(numbers);
  });

  it('writes small numbers and small steps as one letter each', () => {
    expect(formatNumbers([0, 1, -1, 15, -16])).toBe('iACBef');
    expect(formatNumbers([1000, 1001, 1002, 1001])).toBe('sw-BCCB');
  });

  it('refuses what it did not write', () => {
    expect(() => parseNumbers('')).toThrow('BUG');
    expect(() => parseNumbers('i<')).toThrow('BUG');
  });
});

describe('encodeReport', () => {
  it('is decoded to what it was, whatever the report holds', () => {
    fc.assert(
      fc.property(value, (content) => {
        const report = { plans: [content], comparison: null, bench: null };
        // @ts-expect-error the encoding does not depend on what a report is
        const encoded = encodeReport(report);
        expect(decodeReport(encoded)).toEqual(report);
      }),
      { seed: 2, numRuns: 600 },
    );
  });

  it('holds nothing that ends or opens an element, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(text, { size: 'max', maxLength: 12 }), (texts) => {
        // @ts-expect-error the encoding does not depend on what a report is
        const encoded = encodeReport({ plans: texts, comparison: null, bench: null });
        expect(encoded).not.toMatch(/[<\n\r]|[\ud800-\udbff](?![\udc00-\udfff])/);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('leaves out what JSON would leave out', () => {
    const list = Array.from({ length: 9 }, (_, index) => ({ a: index, b: index === 4 ? undefined : 'b' }));
    // @ts-expect-error the encoding does not depend on what a report is
    const decoded = decodeReport(encodeReport({ plans: list, comparison: null, bench: null }));
    expect(Object.keys(decoded.plans[4] ?? {})).toEqual(['a']);
    expect(decoded.plans[5]).toEqual({ a: 5, b: 'b' });
  });

  it('is no other document', () => {
    expect(() => decodeReport('{"plans":[]}')).toThrow('BUG');
    expect(() => decodeReport('["record",{}]')).toThrow('BUG');
  });
});
