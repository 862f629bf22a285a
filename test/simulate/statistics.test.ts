import { describe, expect, it } from 'vitest';
import { meanInterval, meanOf } from '../../src/simulate/statistics.ts';

describe('statistics', () => {
  it('gives no interval for fewer than two values', () => {
    expect(meanInterval([5])).toEqual({ mean: 5, low: null, high: null });
    expect(meanInterval([])).toEqual({ mean: 0, low: null, high: null });
    expect(meanOf([1, 2, 6])).toBe(3);
  });

  // quantiles of Student's t from printed tables
  it.each([
    [2, 12.706],
    [5, 2.776],
    [6, 2.571],
    [7, 2.447],
    [10, 2.262],
    [30, 2.045],
    [200, 1.972],
  ])('takes the right quantile of t for %i values: %f', (count, t) => {
    // alternating ±1 about 3: a standard deviation that is known
    const values = Array.from({ length: count }, (_, index) => 3 + (index % 2 === 0 ? 1 : -1));
    const mean = meanOf(values);
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
    const { low, high } = meanInterval(values);
    expect((mean - (low ?? 0)) / (deviation / Math.sqrt(count))).toBeCloseTo(t, 2);
    expect((high ?? 0) - mean).toBeCloseTo(mean - (low ?? 0), 10);
  });
});
