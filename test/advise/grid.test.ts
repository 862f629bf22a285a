import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullShares, makeGrid } from '../../src/advise/grid.ts';
import { MemoryLimits } from '../../src/advise/memory-limits.ts';
import { searchBudget } from '../../src/advise/search-budget.ts';
import { thin, thinByRatio } from '../../src/advise/thin.ts';
import { ALL, GIB, HOST, workOf } from './hosts.ts';

describe('fullShares', () => {
  it('leaves out what wastes cores', () => {
    expect(fullShares(32)).toEqual([1, 2, 3, 4, 5, 6, 8, 10, 16, 32]);
    expect(fullShares(1)).toEqual([1]);
    expect(fullShares(7)).toEqual([1, 2, 3, 7]);
  });

  it('has each number unless the next one leaves as many cores to each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), (cores) => {
        const kept = Array.from({ length: cores }, (_, index) => index + 1).filter(
          (share) => Math.floor(cores / share) > Math.floor(cores / (share + 1)),
        );
        expect(fullShares(cores)).toEqual(kept);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('makeGrid', () => {
  const work = workOf([
    { durationMs: 1000, ramDiskBytes: 11 * GIB, parallelFraction: 0.8 },
    { durationMs: 1000, ramDiskBytes: 2 * GIB, parallelFraction: 0.8 },
    { durationMs: 1000, ramDiskBytes: GIB, parallelFraction: 0 },
  ]);
  const grid = (changed: Partial<typeof HOST>, wishes = ALL, builds = 3) => {
    const host = { ...HOST, ...changed };
    return makeGrid(work, host, new MemoryLimits(work, host), wishes, searchBudget(builds));
  };

  it('offers sizes that are of use, among them that of the largest build', () => {
    expect(grid({}).ramDiskBytes.map((bytes) => bytes / GIB)).toEqual([0, 1, 2, 4, 6, 8, 11, 12]);
  });

  it('offers no RAM disk that compilers leave no memory for', () => {
    const sizes = grid({ memoryBytes: 6 * GIB }).ramDiskBytes;
    expect(sizes.map((bytes) => bytes / GIB)).toEqual([0, 1, 2, 3, 4]);
  });

  it('offers only slots and make jobs that memory suffices for', () => {
    expect(grid({ memoryBytes: 4 * GIB }).makeJobs).toEqual([1, 2, 4]);
    expect(grid({ memoryBytes: 2 * GIB, cores: 32 }).slots).toEqual([1, 2]);
  });

  it('keeps to what is asked for', () => {
    expect(grid({}, { slots: [3], makeJobs: undefined })).toMatchObject({ slots: [3], makeJobs: [1, 2] });
    expect(grid({}, { slots: undefined, makeJobs: [3] })).toMatchObject({ slots: [1, 2], makeJobs: [3] });
  });

  it('is coarse where few schedules may be made', () => {
    const coarse = grid({ cores: 64, memoryPerJobBytes: 0 }, ALL, 30_000);
    expect(coarse).toMatchObject({ slots: [1, 4, 16, 64], isCoarse: true, isTight: true });
    expect(coarse.ramDiskBytes.map((bytes) => bytes / GIB)).toEqual([0, 1, 6, 12]);
    expect(grid({ cores: 64 }).isCoarse).toBe(false);
  });
});

describe('thinByRatio', () => {
  it('keeps the first and the last, and about the same ratio between', () => {
    expect(thinByRatio([1, 2, 3, 4, 5, 6, 7, 8, 10, 16, 32, 64], 4)).toEqual([1, 4, 16, 64]);
    expect(thinByRatio([5, 6, 7, 8], 3)).toEqual([5, 6, 8]);
    expect(thinByRatio([1, 2], 3)).toEqual([1, 2]);
  });
});

describe('thin', () => {
  it('keeps the first and the last, and spreads the rest', () => {
    expect(thin([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
    expect(thin([1, 2], 3)).toEqual([1, 2]);
  });
});
