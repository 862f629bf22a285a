import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Placement } from '../../src/dispatch/problem.ts';
import { ramDiskPeak } from '../../src/plan/ram-disk-peak.ts';

const build = fc.record({
  startMs: fc.nat(12),
  durationMs: fc.integer({ min: 1, max: 6 }),
  bytes: fc.nat(5),
  mode: fc.constantFrom('ram' as const, 'ram' as const, 'disk' as const),
});

describe('ramDiskPeak', () => {
  it('is the largest sum of RAM builds at any instant; one that ends makes room for one that starts', () => {
    fc.assert(
      fc.property(fc.array(build, { maxLength: 8 }), (builds) => {
        const placements = builds.map(({ startMs, durationMs, mode }, task): Placement => {
          const endMs = startMs + durationMs;
          return { task, builder: 0, slot: task, mode, makeJobs: 4, chroot: -1, startMs, endMs };
        });
        const sums = Array.from({ length: 20 }, (_, instant) =>
          builds
            .filter(({ mode, startMs, durationMs }) => {
              return mode === 'ram' && startMs <= instant && instant < startMs + durationMs;
            })
            .reduce((sum, { bytes }) => sum + bytes, 0),
        );
        const columns = Float64Array.from(builds, ({ bytes }) => bytes);
        expect(ramDiskPeak(placements, columns)).toBe(Math.max(...sums));
      }),
      { seed: 14, numRuns: 1000 },
    );
  });
});
