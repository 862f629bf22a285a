import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '../../src/base/instant.ts';

describe('instants', () => {
  it('are written as the engine writes them, and read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200, max: 253_402_300_799 }), (seconds) => {
        const text = formatInstant(seconds * 1000);
        expect(text).toBe(new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
        // Date.UTC takes the years 0 to 99 for those of the last century.
        if (!text.startsWith('00')) expect(parseInstant(text)).toBe(seconds * 1000);
      }),
      { seed: 6 },
    );
  });

  it.each(['2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01', 'x'])(
    'knows that %s is none',
    (text) => {
      expect(parseInstant(text)).toBeUndefined();
    },
  );
});
