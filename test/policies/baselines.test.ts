import { describe, expect, it } from 'vitest';
import type { Problem, Schedule } from '../../src/dispatch/problem.ts';
import { divideAsStarlingx } from '../../src/policies/baselines.ts';
import { playThrough } from '../../src/schedule/play-through.ts';
import { POLICIES } from '../../src/policies/policies.ts';
import type { PolicyName } from '../../src/policies/policy.ts';
import { makeFacts, NO_FACTS, type FactsOptions, type TaskOrigin } from '../../src/policies/policy-facts.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { BUILDER, problemOf } from '../dispatch/problems.ts';

const GIB = 2 ** 30;
const LAYERS = { ...NO_FACTS, layers: ['distro', 'flock'] };

/** When each task starts. Sources are called by the letters, a … */
function startsOf(
  name: PolicyName,
  problem: Problem,
  rows: readonly Partial<TaskOrigin>[] = [],
  options: FactsOptions = NO_FACTS,
): readonly number[] {
  const origins = Array.from({ length: problem.taskCount }, (_, task) => {
    const source = String.fromCharCode(97 + task);
    return { name: source, source, ...rows[task] };
  });
  const schedule: Schedule = playThrough(
    problem,
    POLICIES[name].start(problem, makeFacts(origins, options), 1),
  );
  expect(verifySchedule(problem, schedule)).toEqual([]);
  return [...schedule.placements].sort((a, b) => a.task - b.task).map(({ startMs }) => startMs);
}

describe('starlingx', () => {
  it.each([
    [8, 64, 6, 10],
    [8, 128, 7, 18],
    [4, 32, 3, 10],
    [4, 19, 1, 19],
    [4, 9, 0, 0],
    [1, 64, 0, 0],
  ])('cuts the RAM disk of %i slots and %i GiB into %i chroots of %i GiB', (slots, gib, count, size) => {
    const builder = { ...BUILDER, slots, diskSlots: slots, ramDiskBytes: gib * GIB };
    const { chroots, diskSlots } = divideAsStarlingx(builder);
    expect(chroots.filter((bytes) => bytes > 0)).toEqual(Array(count).fill(size * GIB));
    expect(diskSlots).toBe(slots - count);
  });

  it('starts nothing behind a large build that fits no idle chroot', () => {
    // Ties go to the later name: d runs on the only disk chroot, c waits for it, and a and b behind c.
    const large = { durationMs: 9, ramDiskBytes: 30 * GIB };
    const small = { durationMs: 1, ramDiskBytes: GIB };
    const builder = { slots: 3, ramDiskBytes: 40 * GIB, diskFactor: 1 };
    const problem = problemOf([small, small, large, large], [builder]);
    expect(startsOf('starlingx', problem)).toEqual([9, 9, 9, 0]);
    expect(startsOf('critical-path', problem).slice(0, 2)).toEqual([0, 1]);
  });

  it('begins a layer, and a build type, when the one before it has ended', () => {
    const task = { durationMs: 5 };
    const rows = [
      { layer: 'flock', buildType: 'std' },
      { layer: 'distro', buildType: 'rt' },
      { layer: 'distro', buildType: 'std' },
      { layer: 'distro', buildType: 'std' },
    ];
    const problem = problemOf([task, task, task, { durationMs: 7 }], [{ slots: 4, diskFactor: 1 }]);
    expect(startsOf('starlingx', problem, rows, LAYERS)).toEqual([12, 7, 0, 0]);
  });

  it('builds a cycle one by one, between what it waits for and what waits for it', () => {
    const task = { durationMs: 5 };
    const tasks = [task, task, { ...task, needs: [1] }, { ...task, needs: [2] }, task];
    const options = { ...NO_FACTS, cycleGroups: [['b', 'c', 'e']] };
    const problem = problemOf(tasks, [{ slots: 4, diskFactor: 1 }]);
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = startsOf('starlingx', problem, [], options);
    expect([a, d]).toEqual([0, 20]);
    expect([b, c, e].sort((x, y) => x - y)).toEqual([5, 10, 15]);
  });

  it('prefers what most paths lead on from, then the later name', () => {
    const task = { durationMs: 1 };
    const tasks = [task, task, { ...task, needs: [0] }, { ...task, needs: [0, 2] }, task];
    const problem = problemOf(tasks, [{ slots: 1 }]);
    expect(startsOf('starlingx', problem).map((startMs) => startMs / 2)).toEqual([0, 4, 1, 3, 2]);
  });
});

describe('waves', () => {
  it('begins a wave when all builds of the one before have ended, also of those that nobody needs', () => {
    const tasks = [{ durationMs: 1 }, { durationMs: 9 }, { durationMs: 1, needs: [0] }];
    const problem = problemOf(tasks, [{ slots: 3, diskFactor: 1 }]);
    expect(startsOf('waves', problem)).toEqual([0, 0, 9]);
  });
});

describe('dpb', () => {
  it('goes by the work of all dependents, and to disk as soon as memory is full', () => {
    const tasks = [
      { durationMs: 6, ramDiskBytes: 8 },
      { durationMs: 2, ramDiskBytes: 8 },
      { durationMs: 3, needs: [1] },
      { durationMs: 3, needs: [1] },
    ];
    const problem = problemOf(tasks, [{ slots: 2 }], 3);
    const { placements } = playThrough(problem, POLICIES.dpb.start(problem, makeFacts([], NO_FACTS), 1));
    const modes = placements.map(({ task, mode, startMs }) => ({ task, mode, startMs }));
    expect(modes.slice(0, 2)).toEqual([
      { task: 0, mode: 'disk', startMs: 0 },
      { task: 1, mode: 'ram', startMs: 0 },
    ]);
  });
});

describe('poudriere', () => {
  it('goes by the longest chain in builds, and builds no two exclusive ones at once', () => {
    const tasks = [{ durationMs: 9 }, { durationMs: 5 }, { durationMs: 1 }, { durationMs: 1, needs: [2] }];
    const problem = problemOf(tasks, [{ slots: 2, diskFactor: 1 }]);
    expect(startsOf('poudriere', problem)).toEqual([0, 1, 0, 6]);
    const options = { ...NO_FACTS, exclusive: ['a', 'b'] };
    expect(startsOf('poudriere', problem, [], options)).toEqual([0, 9, 0, 1]);
  });
});
