import { describe, expect, it } from 'vitest';
import type { Builder, Problem } from '../../src/dispatch/problem.ts';
import { lowerBound, type LowerBound } from '../../src/schedule/bounds/lower-bound.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { problemOf, ruleOf, type TaskSpec } from '../dispatch/problems.ts';

const SIX = Array.from({ length: 6 }, () => ({ durationMs: 10, ramDiskBytes: 5, memoryBytes: 1 }));

/** The bound of a problem whose list schedule reaches it. */
function exact(problem: Problem): LowerBound {
  const bound = lowerBound(problem);
  const schedule = listSchedule(problem, ruleOf(problem));
  expect(verifySchedule(problem, schedule)).toEqual([]);
  expect(schedule.makespanMs).toBe(bound.lowerBoundMs);
  return bound;
}

function on(builder: Partial<Builder>, tasks: readonly TaskSpec[] = SIX, diskFactor = 2): Problem {
  return problemOf(tasks, [builder], diskFactor);
}

describe('lowerBound', () => {
  it.each([
    ['slots', { slots: 3, ramDiskBytes: 99 }, 20],
    ['memory', { slots: 6, ramDiskBytes: 0, memoryBytes: 2 }, 60],
    ['cores', { slots: 6, ramDiskBytes: 99, cores: 4, makeJobs: [2] }, 30],
    ['ram-disk', { slots: 6, ramDiskBytes: 10, diskSlots: 0 }, 30],
    ['disk-slots', { slots: 6, ramDiskBytes: 0, diskSlots: 2 }, 60],
    ['chroots', { slots: 6, ramDiskChroots: [6, 6, 6], diskSlots: 0 }, 20],
  ] as const)('is exact where %s decide alone, and says so', (resource, builder, expectedMs) => {
    const { lowerBoundMs, name, binding } = exact(on(builder));
    expect([lowerBoundMs, name]).toEqual([expectedMs, 'energy']);
    expect(binding).toEqual({ kind: 'window', resources: [resource], fromMs: 0, untilMs: expectedMs });
  });

  it('weighs RAM disk against slots where the disk is no way out', () => {
    const { lowerBoundMs, name, binding } = exact(on({ slots: 6, ramDiskBytes: 10 }, SIX, 100));
    expect([lowerBoundMs, name]).toEqual([30, 'mode-relaxation']);
    expect(binding).toMatchObject({ kind: 'window', resources: ['slots', 'ram-disk'] });
  });

  it('counts the few chroots that are large enough', () => {
    const large = SIX.map((task) => ({ ...task, ramDiskBytes: 7 }));
    const builder = { slots: 6, ramDiskChroots: [9, 9, 6, 6, 6, 6], diskSlots: 0 };
    expect(exact(on(builder, large))).toMatchObject({
      lowerBoundMs: 30,
      binding: { kind: 'window', resources: ['chroots'] },
    });
  });

  it('lets a chroot be taken whole by a small build', () => {
    const small = SIX.map((task) => ({ ...task, ramDiskBytes: 1 }));
    const bound = exact(on({ slots: 6, ramDiskChroots: [100, 100], diskSlots: 0 }, small));
    expect(bound.lowerBoundMs).toBe(30);
  });

  it('knows that demands of more than half never run side by side', () => {
    const wide = SIX.map((task) => ({ ...task, ramDiskBytes: 6 }));
    const { lowerBoundMs, name, binding } = exact(on({ slots: 6, ramDiskBytes: 10, diskSlots: 0 }, wide));
    expect([lowerBoundMs, name]).toEqual([60, 'dual-feasible']);
    expect(binding).toMatchObject({ kind: 'window', resources: ['ram-disk'] });
  });

  it('names the chain where needs decide', () => {
    const chain = SIX.map((task, id) => ({ ...task, needs: id === 0 ? [] : [id - 1] }));
    const { lowerBoundMs, name, binding, arch } = exact(problemOf(chain));
    expect([lowerBoundMs, name, arch]).toEqual([60, 'critical-path', 'amd64']);
    expect(binding).toEqual({ kind: 'chain', tasks: [0, 1, 2, 3, 4, 5] });
  });

  it('takes the make jobs that save time for the chain and those that save cores for the cores', () => {
    const tasks = SIX.map((task) => ({ ...task, parallelFraction: 0.5 }));
    const builder = { slots: 6, ramDiskBytes: 99, cores: 2, makeJobs: [1, 2] };
    const { lowerBoundMs, binding } = exact(on({ ...builder, makeJobs: [1] }, tasks));
    expect(lowerBoundMs).toBe(30);
    expect(binding).toMatchObject({ resources: ['cores'] });
    expect(lowerBound(on(builder, tasks)).lowerBoundMs).toBe(30);
    const one = lowerBound(on(builder, tasks.slice(0, 1)));
    expect([one.lowerBoundMs, one.name]).toEqual([8, 'critical-path']);
  });

  it('counts what must come before and after a crowd, and tells from when to when it is', () => {
    const crowd = Array.from({ length: 6 }, () => ({ durationMs: 10, needs: [0] }));
    const tasks = [{ durationMs: 7 }, ...crowd, { durationMs: 9, needs: [1, 2, 3, 4, 5, 6] }];
    const { lowerBoundMs, name, binding } = exact(problemOf(tasks, [{ slots: 3, ramDiskBytes: 1 }]));
    expect([lowerBoundMs, name]).toEqual([36, 'head-tail-energy']);
    expect(binding).toEqual({ kind: 'window', resources: ['slots'], fromMs: 7, untilMs: 27 });
    const thirsty = tasks.map((task) => ({ ...task, ramDiskBytes: 5 }));
    const scarce = lowerBound(problemOf(thirsty, [{ slots: 6, ramDiskBytes: 10 }], 100));
    expect([scarce.lowerBoundMs, scarce.name]).toEqual([46, 'mode-relaxation']);
  });

  it('counts releases, and what runs already until it ends', () => {
    const late = [{ durationMs: 5, releaseMs: 20 }, { durationMs: 1 }];
    expect(exact(problemOf(late)).lowerBoundMs).toBe(25);
    const running = [
      { task: 0, builder: 0, slot: 0, mode: 'disk', makeJobs: 1, chroot: -1, startMs: -50, endMs: 30 },
    ] as const;
    const tasks = [{ durationMs: 80 }, { durationMs: 4, needs: [0] }, { durationMs: 9 }];
    const bound = exact(problemOf(tasks, [{ slots: 1, ramDiskBytes: 0, diskFactor: 1 }], 1, { running }));
    expect(bound.lowerBoundMs).toBe(43);
  });

  it('looks for nothing beyond a makespan that is known', () => {
    const problem = on({ slots: 3, ramDiskBytes: 99 });
    expect(lowerBound(problem, listSchedule(problem, ruleOf(problem)))).toEqual(lowerBound(problem));
  });

  it('ends the bound of an architecture with its last task, not with what follows elsewhere', () => {
    const tasks = [
      { durationMs: 10 },
      { durationMs: 5, arch: 'arm64', needs: [0] },
      { durationMs: 1, needs: [1] },
      { durationMs: 100, arch: 'arm64', needs: [2] },
    ];
    const bound = lowerBound(problemOf(tasks, [{}, { arch: 'arm64' }]));
    const chain = (...tasks: readonly number[]) => ({ kind: 'chain', tasks });
    expect(bound).toEqual({
      arch: 'amd64',
      lowerBoundMs: 116,
      name: 'critical-path',
      binding: chain(0, 1, 2, 3),
      perArch: [
        { arch: 'amd64', lowerBoundMs: 16, name: 'critical-path', binding: chain(0, 1, 2) },
        { arch: 'arm64', lowerBoundMs: 116, name: 'critical-path', binding: chain(0, 1, 2, 3) },
      ],
    });
  });
});
