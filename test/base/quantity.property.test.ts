import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, parseBytes, parseDuration } from '../../src/base/quantity.ts';

const SETTINGS = { seed: 1, numRuns: 5000 };
const KIB = 1024;
const bytes = fc.oneof(
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 0, max: 2 ** 52 }),
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: -40, max: 40 })).map(([power, off]) => {
    return KIB ** power + off * KIB ** (power - 1);
  }),
);
const durationMs = fc.oneof(
  fc.integer({ min: 0, max: 200_000 }),
  fc.integer({ min: 0, max: 400 * 24 * 3_600_000 }),
);

describe('formatBytes', () => {
  it('is read back within a twentieth', () => {
    fc.assert(
      fc.property(bytes, (size) => {
        const read = parseBytes(formatBytes(size));
        expect(Math.abs((read ?? NaN) - size)).toBeLessThanOrEqual(size / 20);
      }),
      SETTINGS,
    );
  });
  it('writes whole units without a decimal, and reads them back exactly', () => {
    const whole = fc.tuple(fc.integer({ min: 0, max: 1023 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(whole, ([value, power]) => {
        expect(parseBytes(formatBytes(value * KIB ** power))).toBe(value * KIB ** power);
      }),
      SETTINGS,
    );
  });
  it('has at most four figures and a unit', () => {
    fc.assert(
      fc.property(bytes, (size) => {
        expect(formatBytes(size)).toMatch(/^(?:\d{1,4} B|\d{1,2}\.\d [KMGTP]iB|\d{1,4} [KMGTP]iB)$/);
      }),
      SETTINGS,
    );
  });
});

describe('formatDuration', () => {
  it('is read back within half of its smaller unit', () => {
    fc.assert(
      fc.property(durationMs, (duration) => {
        const text = formatDuration(duration);
        const unit = text.includes('d')
          ? 3_600_000
          : text.includes('h')
            ? 60_000
            : text.endsWith('s')
              ? 1000
              : 1;
        const read = parseDuration(text) ?? NaN;
        const isExact = text.endsWith('ms');
        expect(Math.abs(read - duration)).toBeLessThanOrEqual(isExact ? 0 : unit * 0.51);
      }),
      SETTINGS,
    );
  });
});
