import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { orderByFalling } from '../../src/base/sort-by-key.ts';

function slowOrder(keys: readonly number[]): readonly number[] {
  return [...keys.keys()].sort(
    (a, b) => Number(at(keys, a) < at(keys, b)) - Number(at(keys, b) < at(keys, a)) || a - b,
  );
}

describe('orderByFalling and a sort with a comparator give the same order', () => {
  const key = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom(0, -0, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, -Number.MIN_VALUE),
  );

  it('of few keys', () => {
    const property = fc.property(fc.array(key, { maxLength: 50 }), (keys) => {
      expect([...orderByFalling(Float64Array.from(keys))]).toEqual(slowOrder(keys));
    });
    fc.assert(property, { seed: 1, numRuns: 200 });
  });

  it('of many keys', () => {
    const many = fc.array(key, { minLength: 1024, maxLength: 1500, size: 'max' });
    const property = fc.property(many, (keys) => {
      expect([...orderByFalling(Float64Array.from(keys))]).toEqual(slowOrder(keys));
    });
    fc.assert(property, { seed: 2, numRuns: 30 });
  });

  it('of many whole numbers', () => {
    const whole = fc.oneof(fc.integer(), fc.integer({ min: -3, max: 3 }), fc.constantFrom(-0, 2 ** 31 - 1));
    const many = fc.array(whole, { minLength: 1024, maxLength: 1500, size: 'max' });
    const property = fc.property(many, (keys) => {
      expect([...orderByFalling(Float64Array.from(keys))]).toEqual(slowOrder(keys));
    });
    fc.assert(property, { seed: 3, numRuns: 30 });
  });
});
