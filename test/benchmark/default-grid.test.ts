import { describe, expect, it } from 'vitest';
import { defaultGrid } from '../../src/benchmark/default-grid.ts';
import { CONTESTANTS } from '../../src/simulate/contestants.ts';
import { problemOf } from '../dispatch/problems.ts';

const BUILDERS = [{ slots: 1, ramDiskBytes: 0, diskSlots: 1 }];

function gridOf(tasks: number, sigma: number): ReturnType<typeof defaultGrid> {
  const problem = problemOf(
    Array.from({ length: tasks }, () => ({ durationMs: 1 })),
    BUILDERS,
    1,
  );
  const durationSigma = new Float64Array(tasks).fill(sigma, 0, 1);
  return defaultGrid({ ...problem, spread: { ...problem.spread, durationSigma } });
}

describe('what is measured where nobody asks', () => {
  it('is every policy, as estimated and as far from that as the estimates say', () => {
    const { policies, jitters, runs } = gridOf(10, 0.5);
    expect({ policies, jitters, runs }).toEqual({
      policies: CONTESTANTS,
      jitters: [
        { jitter: 0, sizeJitter: 0 },
        { jitter: 'estimates', sizeJitter: 'estimates' },
      ],
      runs: 20,
    });
  });

  it('is noise of 0.3 where the estimates are certain', () => {
    expect(gridOf(10, 0).jitters[1]).toEqual({ jitter: 0.3, sizeJitter: 0.3 });
  });

  it('is less for large plans: fewer runs, and no policy whose time grows with the square', () => {
    expect([5000, 10_000, 34_000, 200_000].map((tasks) => gridOf(tasks, 1).runs)).toEqual([20, 10, 2, 1]);
    expect(gridOf(10_000, 1).policies).toBe(CONTESTANTS);
    expect(gridOf(10_001, 1).policies).toEqual(
      CONTESTANTS.filter((name) => !['dpb', 'poudriere', 'waves'].includes(name)),
    );
  });
});
