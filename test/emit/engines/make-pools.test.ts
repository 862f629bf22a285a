import { describe, expect, it } from 'vitest';
import { makePools } from '../../../src/emit/engines/make-pools.ts';
import { playPools } from '../../../src/emit/engines/play-pools.ts';
import type { Plan, PlanTask } from '../../../src/plan/plan.ts';
import { emptyPlan, planBuilder, planTask } from '../small-plan.ts';

const GIB = 2 ** 30;

function planOf(tasks: readonly PlanTask[], ...builders: Plan['builders']): Plan {
  return emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }], builders);
}

function task(id: string, given: Partial<PlanTask>): PlanTask {
  return planTask({ id, source: id, version: '1', ...given });
}

describe('makePools', () => {
  it('makes one pool where all fit side by side', () => {
    const tasks = ['a', 'b', 'c'].map((id) => task(id, { ramDiskBytes: GIB }));
    expect(
      makePools(planOf(tasks, planBuilder({ name: 'one', slots: 2, ramDiskBytes: 2 * GIB }))),
    ).toMatchObject({
      pools: [{ name: 'one.all', depth: 2, taskCount: 3, ramDiskBytes: GIB }],
      movedCount: 0,
      expectedMs: 2000,
    });
  });

  it('parts the large from the small', () => {
    const large = [1, 2].map((index) => task(`large${String(index)}`, { ramDiskBytes: 6 * GIB }));
    const small = Array.from({ length: 8 }, (_, index) =>
      task(`small${String(index)}`, { ramDiskBytes: GIB }),
    );
    const builder = planBuilder({ name: 'x86+1', slots: 5, ramDiskBytes: 10 * GIB, diskSlots: 0 });
    const plan = planOf(
      [...large, ...small].map((one) => ({ ...one, builder: 'x86+1' })),
      builder,
    );
    expect(makePools(plan)).toMatchObject({
      pools: [
        { name: 'x86_1.large', depth: 1, taskCount: 2, ramDiskBytes: 6 * GIB },
        { name: 'x86_1.small', depth: 4, taskCount: 8, ramDiskBytes: GIB },
      ],
      expectedMs: 2000,
    });
  });

  it('builds a giant on disk that would leave the others no room', () => {
    const small = Array.from({ length: 8 }, (_, index) =>
      task(`small${String(index)}`, { ramDiskBytes: GIB }),
    );
    const builder = planBuilder({
      name: 'one',
      slots: 4,
      ramDiskBytes: 4 * GIB,
      diskSlots: 1,
      diskFactor: 1.5,
    });
    const { units, pools, movedCount } = makePools(
      planOf([task('giant', { ramDiskBytes: 4 * GIB }), ...small], builder),
    );
    expect(movedCount).toBe(1);
    expect(units.find(({ slug }) => slug === 'giant')?.task).toMatchObject({
      mode: 'disk',
      durationMs: 1500,
    });
    expect(pools.map(({ name, depth }) => [name, depth])).toEqual([
      ['one.ram', 3],
      ['one.disk', 1],
    ]);
  });

  it('has no pools for a plan without builds', () => {
    expect(makePools(planOf([], planBuilder({ name: 'one' })))).toMatchObject({
      units: [],
      pools: [],
      expectedMs: 0,
    });
  });
});

describe('playPools', () => {
  it('starts the first that is free when its pool has room', () => {
    // 0 and 1 share a pool; 2 waits for 0; 3 has a pool of its own
    expect(playPools([5, 4, 3, 20], [[], [], [0], []], [0, 0, 0, 1], [1, 1])).toBe(20);
    expect(playPools([5, 4, 3, 2], [[], [], [0], []], [0, 0, 0, 1], [1, 1])).toBe(12);
    expect(playPools([5, 4, 3, 2], [[], [], [0], []], [0, 0, 0, 1], [2, 1])).toBe(8);
  });
});
