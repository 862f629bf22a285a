import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/column.ts';
import { peakPerPixel, valueAt } from '../../../src/report/page/usage-steps.ts';

const steps = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.nat(50)), { minLength: 1, maxLength: 60, size: 'max' })
  .map((pairs) => {
    let now = 0;
    return {
      atMs: Float64Array.from([0, ...pairs.slice(1).map(([gap]) => (now += gap))]),
      values: Float64Array.from(pairs, ([, value]) => value),
    };
  });

describe('the usage of a builder', () => {
  it('is at each moment what the last step before it says', () => {
    const atMs = Float64Array.of(0, 10, 20);
    const values = Float64Array.of(5, 9, 0);
    expect([-1, 0, 9, 10, 19, 20, 99].map((ms) => valueAt(atMs, values, ms))).toEqual([0, 5, 5, 9, 9, 0, 0]);
  });

  it('keeps each peak in its pixel, as looking at every millisecond does', () => {
    fc.assert(
      fc.property(
        steps,
        fc.nat(500),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 30 }),
        (usage, fromMs, width, perPixel) => {
          const view = { fromMs, toMs: fromMs + width * perPixel };
          const fast = peakPerPixel(usage.atMs, usage.values, view, width);
          const slow = Array.from({ length: width }, (_, pixel) =>
            Math.max(
              ...Array.from({ length: perPixel }, (_unused, ms) =>
                valueAt(usage.atMs, usage.values, fromMs + pixel * perPixel + ms),
              ),
            ),
          );
          expect([...fast]).toEqual(slow);
        },
      ),
      { seed: 1 },
    );
  });

  it('has no peak that no step has', () => {
    fc.assert(
      fc.property(steps, (usage) => {
        const peaks = peakPerPixel(usage.atMs, usage.values, { fromMs: 0, toMs: 7000 }, 3);
        expect(at(peaks, 0)).toBeLessThanOrEqual(Math.max(...usage.values));
      }),
      { seed: 2 },
    );
  });
});
