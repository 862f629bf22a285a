import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import type { Problem } from '../../src/dispatch/problem.ts';
import { buildInputs } from '../../src/schedule/bounds/build-input.ts';
import { lowerBound } from '../../src/schedule/bounds/lower-bound.ts';
import { ramBatchesBound } from '../../src/schedule/bounds/ram-batches.ts';
import { problemOf, type BuilderSpec } from '../dispatch/problems.ts';
import { optimalMakespan } from './optimum.ts';

/** A few large builds, nearly alike, that don't fit into RAM together, and small ones that keep the slots busy. */
const crowds = fc
  .record({
    slots: fc.integer({ min: 2, max: 4 }),
    room: fc.constantFrom<readonly BuilderSpec[]>(
      [{ ramDiskBytes: 10 }],
      [{ ramDiskBytes: 10, memoryBytes: 14 }],
      [{ ramDiskBytes: 20, memoryBytes: 12 }],
      [{ ramDiskChroots: [9] }],
      [{ ramDiskChroots: [9, 9, 3] }],
      [{ ramDiskBytes: 10, diskSlots: 1 }],
      [{ ramDiskBytes: 10 }, { ramDiskBytes: 0 }],
      [{ ramDiskBytes: 10 }, { ramDiskChroots: [9], speed: 2 }],
    ),
    diskFactor: fc.constantFrom(1.2, 1.5, 2, 3),
    footprint: fc.integer({ min: 3, max: 9 }),
    durationMs: fc.integer({ min: 4, max: 12 }),
    large: fc.array(fc.record({ moreMs: fc.nat({ max: 2 }), releaseMs: fc.nat({ max: 2 }) }), {
      minLength: 2,
      maxLength: 4,
      size: 'max',
    }),
    small: fc.array(
      fc.record({
        durationMs: fc.integer({ min: 1, max: 9 }),
        releaseMs: fc.constantFrom(0, 6, 12),
        ramDiskBytes: fc.constantFrom(0, 2, 3),
      }),
      { maxLength: 2, size: 'max' },
    ),
    firstMs: fc.nat({ max: 4 }),
  })
  .map(({ slots, room, diskFactor, footprint, durationMs, large, small, firstMs }): Problem => {
    // As many as every order of which can be tried.
    const few = small.slice(0, 4 - large.length);
    const tasks = [
      { durationMs: Math.max(1, firstMs) },
      ...large.map(({ moreMs, releaseMs }, index) => ({
        durationMs: durationMs + moreMs,
        ramDiskBytes: footprint,
        memoryBytes: 1,
        releaseMs,
        needs: firstMs > 0 && index > 0 ? [0] : [],
      })),
      ...few,
    ];
    const each = Math.max(1, Math.floor(slots / room.length));
    return problemOf(
      tasks,
      room.map((one) => ({ slots: each, ...one })),
      diskFactor,
    );
  });

/** Large builds of 10 ms, `diskFactor` 2, and small ones that run anywhere. */
function crowd(largeCount: number, smallCount: number, builder: BuilderSpec): Problem {
  const large = Array.from({ length: largeCount }, () => ({ durationMs: 10, ramDiskBytes: 4 }));
  const small = Array.from({ length: smallCount }, () => ({ durationMs: 2 }));
  return problemOf([...large, ...small], [builder]);
}

function batchesBound(problem: Problem, lowerMs: number): unknown {
  return buildInputs(problem, ['amd64']).map(({ whole }) =>
    ramBatchesBound(whole, { lowerMs, upperMs: Infinity }),
  )[0];
}

describe('ramBatchesBound', () => {
  it('counts whole builds that must go to disk', () => {
    // 110 ms of slot time in RAM; only two of the three fit, and the next batch ends at 20 ms.
    const four = crowd(3, 40, { slots: 8, ramDiskBytes: 10 });
    const window = { kind: 'window', resources: ['slots', 'ram-disk'], fromMs: 0, spilledCount: 1 };
    expect(batchesBound(four, 14)).toEqual({ lowerBoundMs: 15, binding: { ...window, untilMs: 15 } });
    const chroots = crowd(3, 0, { slots: 3, ramDiskChroots: [5, 5] });
    expect(batchesBound(chroots, 10)).toMatchObject({ lowerBoundMs: 14, binding: { spilledCount: 1 } });
    expect(batchesBound(four, 15)).toBeUndefined();
    expect(batchesBound(crowd(2, 40, { slots: 8, ramDiskBytes: 10 }), 10)).toBeUndefined();
  });

  it('is no more than the end of one more batch', () => {
    const full = { slots: 8, ramDiskBytes: 10, diskFactor: 9 };
    // One on disk: 110 ms. Five on disk would be 470 ms, three 310 ms.
    expect(batchesBound(crowd(3, 0, full), 10)).toMatchObject({ lowerBoundMs: 14 });
    expect(batchesBound(crowd(7, 0, full), 10)).toMatchObject({ lowerBoundMs: 30 });
    expect(batchesBound(crowd(7, 0, full), 30)).toBeUndefined();
  });

  it('is the end of the last batch where nothing is built on disk', () => {
    const noDisk = { slots: 8, ramDiskBytes: 10, diskSlots: 0 };
    const binding = { kind: 'together', resources: ['ram-disk'] };
    expect(batchesBound(crowd(5, 0, noDisk), 10)).toEqual({ lowerBoundMs: 30, binding });
  });

  it('counts nothing in windows that leave out some of the large builds', () => {
    // Two in RAM until 21, one on disk until 26; then the slots are full until 40. A second batch in RAM would end at 42.
    const large = Array.from({ length: 3 }, () => ({ durationMs: 21, ramDiskBytes: 4 }));
    const late = Array.from({ length: 8 }, () => ({ durationMs: 6, releaseMs: 28 }));
    const problem = problemOf([...large, ...late], [{ slots: 4, ramDiskBytes: 10 }], 1.2);
    expect(batchesBound(problem, 40)).toBeUndefined();
  });

  it('is never above the optimum of a few large builds, and is often what decides', () => {
    let usefulCount = 0;
    let bestCount = 0;
    const property = fc.property(crowds, (problem) => {
      const optimumMs = optimalMakespan(problem);
      for (const { whole } of buildInputs(problem, ['amd64'])) {
        // From the longest chain on, as it is asked at the earliest.
        const lowerMs = Math.max(
          ...Array.from(
            whole.durationMs,
            (ms, task) => ms + at(whole.headMs, task) + at(whole.afterMs, task),
          ),
        );
        const found = ramBatchesBound(whole, { lowerMs, upperMs: Infinity });
        expect(found?.lowerBoundMs ?? 0).toBeLessThanOrEqual(optimumMs);
        if (found !== undefined) usefulCount++;
      }
      const bound = lowerBound(problem);
      expect(bound.lowerBoundMs).toBeLessThanOrEqual(optimumMs);
      if (bound.name === 'ram-batches') bestCount++;
    });
    fc.assert(property, { seed: 11, numRuns: 120 });
    expect(usefulCount).toBeGreaterThan(50);
    expect(bestCount).toBeGreaterThan(20);
  });
});
