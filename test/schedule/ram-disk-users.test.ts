import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/dispatch/problem.ts';
import { ramDiskUsers } from '../../src/schedule/ram-disk-users.ts';
import { problemOf, type TaskSpec } from '../dispatch/problems.ts';

function usersOf(problem: Problem): readonly number[] {
  const mayUse = ramDiskUsers(problem, new Float64Array(problem.taskCount));
  return [...mayUse.keys()].filter((task) => mayUse[task] === 1);
}

describe('ramDiskUsers', () => {
  const small = Array.from({ length: 6 }, (): TaskSpec => ({ durationMs: 100, ramDiskBytes: 5 }));
  const large: TaskSpec = { durationMs: 100, ramDiskBytes: 9 };

  it('lets all tasks in when the RAM disk lasts for all', () => {
    expect(usersOf(problemOf([...small, large], [{ slots: 2, ramDiskBytes: 18 }]))).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
  });

  it('keeps the largest out when it does not', () => {
    expect(usersOf(problemOf([large, ...small], [{ slots: 3 }]))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('lets in what has priority when footprints tie', () => {
    const problem = problemOf([...small, ...small], [{ slots: 6, ramDiskBytes: 10 }], 3);
    const mayUse = ramDiskUsers(
      problem,
      Float64Array.from({ length: 12 }, (_, task) => task),
    );
    expect([...mayUse]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('lets in a large one that would stretch the longest chain on disk', () => {
    const chain = [large, { durationMs: 200, needs: [0] }];
    expect(usersOf(problemOf([...chain, ...small], [{ slots: 4 }]))).toContain(0);
  });

  it('leaves out what exceeds the RAM disk, and shares nothing between architectures', () => {
    const tasks = [
      { durationMs: 1, ramDiskBytes: 11 },
      ...small.map((task) => ({ ...task, arch: 'arm64' })),
      large,
    ];
    expect(usersOf(problemOf(tasks, [{}, { arch: 'arm64', ramDiskBytes: 0 }]))).toEqual([7]);
  });

  it('counts chroots, not bytes', () => {
    const tasks = [large, large, ...small];
    expect(usersOf(problemOf(tasks, [{ slots: 4, ramDiskChroots: [9, 5, 5] }], 10))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
    // Where the large ones would keep the one large chroot busy for longer than the whole plan need take, one goes to disk.
    const one = { slots: 4, ramDiskChroots: [9, 5, 5, 5] };
    expect(usersOf(problemOf([large, large, large, ...small], [one], 1.5))).toEqual([0, 1, 3, 4, 5, 6, 7, 8]);
  });

  it('lets everything in where nothing may be built on disk, or so little that the disk runs out first', () => {
    const many = [...small, ...small, large];
    const all = many.map((_, task) => task);
    expect(usersOf(problemOf(many, [{ slots: 6, diskSlots: 0 }]))).toEqual(all);
    const overflow = Array.from({ length: 9 }, (): TaskSpec => ({ durationMs: 100, ramDiskBytes: 99 }));
    expect(usersOf(problemOf([...many, ...overflow], [{ slots: 6, diskSlots: 1 }]))).toEqual(all);
    expect(usersOf(problemOf(many, [{ slots: 6 }])).length).toBeLessThan(all.length);
  });

  it('chooses among the rest where a task runs already', () => {
    const place = { builder: 0, slot: 0, mode: 'disk', makeJobs: 1, chroot: -1 } as const;
    const running = [{ task: 0, ...place, startMs: -7, endMs: 5 }];
    expect(usersOf(problemOf([large, ...small], [{ slots: 3 }], 2, { running }))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
