import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { starlingXChroots } from '../../src/advise/starlingx-chroots.ts';
import { GIB } from './hosts.ts';

describe('starlingXChroots', () => {
  it.each([
    // parallel, percentage, available, count, size: reckoned by hand
    [8, 75, 128, 7, 13],
    [8, 50, 128, 6, 10],
    [4, 75, 128, 3, 32],
    [30, 50, 100, 5, 10],
    [5, 100, 47, 4, 11],
    [2, 50, 128, 1, 64],
    [1, 100, 512, 0, 0],
    [8, 0, 128, 0, 0],
    [8, 7, 128, 0, 0],
    [8, 8, 128, 1, 10],
  ])('of %i chroots and %i %% of %i GiB mounts %i of %i GiB', (parallel, percentage, gib, count, size) => {
    expect(starlingXChroots(parallel, percentage, gib * GIB)).toEqual({ count, sizeBytes: size * GIB });
  });

  it('takes the most chroots, one fewer than there are at least, that get 10 GiB each', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 600 }),
        (parallel, percentage, halfGib) => {
          const available = (halfGib * GIB) / 2;
          const { count, sizeBytes } = starlingXChroots(parallel, percentage, available);
          const whole = Math.floor((available * percentage) / 100 / GIB + 1e-9);
          const possible = Array.from({ length: parallel - 1 }, (_, index) => index + 1).filter(
            (chroots) => whole >= 10 * chroots,
          );
          expect(count).toBe(Math.max(0, ...possible));
          expect(sizeBytes).toBe(count === 0 ? 0 : Math.floor(whole / count) * GIB);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });
});
