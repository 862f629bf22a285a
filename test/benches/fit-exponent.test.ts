import { describe, expect, it } from 'vitest';
import { fitExponent } from '../../bench/growth/fit-exponent.ts';

describe('fitting how a figure grows', () => {
  it.each([0.5, 1, 1.15, 2])('finds the exponent %d again', (exponent) => {
    const points = [1e3, 1e4, 1e5].map((x) => [x, 3 * x ** exponent] as const);
    const found = fitExponent(points);
    expect(found.exponent).toBeCloseTo(exponent, 10);
    expect(found.spread).toBeCloseTo(0, 6);
  });

  it('knows nothing of the spread of two points, and tells that of scattered ones', () => {
    expect(fitExponent([[1, 1], [10, 10]])).toEqual({ exponent: 1, spread: undefined }); // prettier-ignore
    expect(fitExponent([[1, 1], [10, 14], [100, 100], [1000, 1400]]).spread).toBeGreaterThan(0.1); // prettier-ignore
  });

  it('refuses a single size', () => {
    expect(() => fitExponent([[5, 1], [5, 2]])).toThrow('two sizes'); // prettier-ignore
  });
});
