import { describe, expect, it } from 'vitest';
import type { Builder, Problem, Schedule } from '../../src/dispatch/problem.ts';
import { criticalChain, type ChainLink } from '../../src/schedule/critical-chain.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { problemOf, ruleOf, type TaskSpec } from '../dispatch/problems.ts';

function verified(problem: Problem): Schedule {
  const schedule = listSchedule(problem, ruleOf(problem));
  expect(verifySchedule(problem, schedule)).toEqual([]);
  return schedule;
}

/** The chain of the list schedule in which lower ids go first. */
function chainOf(
  tasks: readonly TaskSpec[],
  builder: Partial<Builder>,
  diskFactor = 10,
): readonly ChainLink[] {
  const problem = problemOf(tasks, [builder], diskFactor);
  return criticalChain(problem, verified(problem));
}

describe('criticalChain', () => {
  it('follows needs', () => {
    const tasks = [
      { durationMs: 5 },
      { durationMs: 9 },
      { durationMs: 1, needs: [0] },
      { durationMs: 1, needs: [1] },
    ];
    expect(chainOf(tasks, { slots: 4 })).toEqual([
      { task: 1, waitedFor: 'start' },
      { task: 3, waitedFor: 'need' },
    ]);
  });

  it('prefers a need to a slot that was freed in the same moment', () => {
    const tasks = [{ durationMs: 5 }, { durationMs: 5 }, { durationMs: 1, needs: [1] }];
    expect(chainOf(tasks, { slots: 2 })).toEqual([
      { task: 1, waitedFor: 'start' },
      { task: 2, waitedFor: 'need' },
    ]);
  });

  it('names the slot, the RAM disk or the memory that a task waited for', () => {
    const two = [
      { durationMs: 5, ramDiskBytes: 6, memoryBytes: 3 },
      { durationMs: 5, ramDiskBytes: 6, memoryBytes: 3 },
    ];
    const chain = (builder: Partial<Builder>): readonly ChainLink[] => chainOf(two, builder);
    const first = { task: 0, waitedFor: 'start' };
    expect(chain({ slots: 1 })).toEqual([first, { task: 1, waitedFor: 'slot' }]);
    expect(chain({ slots: 2, ramDiskBytes: 10 })).toEqual([first, { task: 1, waitedFor: 'ram-disk' }]);
    expect(chain({ slots: 2, ramDiskBytes: 20, memoryBytes: 17 })).toEqual([
      first,
      { task: 1, waitedFor: 'memory' },
    ]);
  });

  it('looks at the moment before the start, not at the end, when slots may be free again', () => {
    const tasks = [{ durationMs: 5 }, { durationMs: 9 }, { durationMs: 20 }];
    expect(chainOf(tasks, { slots: 2 })).toEqual([
      { task: 0, waitedFor: 'start' },
      { task: 2, waitedFor: 'slot' },
    ]);
  });

  it('takes the task whose end gave RAM back, not one on disk that ended with it', () => {
    const tasks = [
      { durationMs: 1, ramDiskBytes: 99 },
      { durationMs: 10, ramDiskBytes: 6 },
      { durationMs: 5, ramDiskBytes: 6 },
    ];
    expect(chainOf(tasks, { slots: 3 })).toEqual([
      { task: 1, waitedFor: 'start' },
      { task: 2, waitedFor: 'ram-disk' },
    ]);
  });

  it('names the RAM disk where an end freed a slot too, which smaller ones could have before', () => {
    const tasks = [
      { durationMs: 9, ramDiskBytes: 6 },
      { durationMs: 3, ramDiskBytes: 1 },
      { durationMs: 20, ramDiskBytes: 6 },
      { durationMs: 6, ramDiskBytes: 1 },
    ];
    // Task 3 takes the slot of task 1 at 3, while task 2 waits for the RAM of task 0.
    expect(chainOf(tasks, { slots: 2 })).toEqual([
      { task: 0, waitedFor: 'start' },
      { task: 2, waitedFor: 'ram-disk' },
    ]);
  });

  it('names the slot where RAM too was short, but only since a slot would have been free', () => {
    const tasks = [
      { durationMs: 9, ramDiskBytes: 1 },
      { durationMs: 3, ramDiskBytes: 1 },
      { durationMs: 6, ramDiskBytes: 8 },
      { durationMs: 20, ramDiskBytes: 2 },
    ];
    // Until 3 task 3 lacks nothing but a slot; from then on RAM too, since task 2 has come first.
    expect(chainOf(tasks, { slots: 2 }).map(({ waitedFor }) => waitedFor)).toEqual(['start', 'slot']);
  });

  it('names chroots, builds on disk and make jobs that a task waited for', () => {
    const two = [
      { durationMs: 5, ramDiskBytes: 6 },
      { durationMs: 5, ramDiskBytes: 6 },
    ];
    const first = { task: 0, waitedFor: 'start' };
    const ramDisk = { task: 1, waitedFor: 'ram-disk' };
    expect(chainOf(two, { ramDiskChroots: [9, 3] })).toEqual([first, ramDisk]);
    expect(chainOf(two, { ramDiskBytes: 0, diskSlots: 1 })).toEqual([
      first,
      { task: 1, waitedFor: 'disk-slot' },
    ]);
    expect(chainOf(two, { ramDiskBytes: 20, cores: 5, makeJobs: [3] })).toEqual([
      first,
      { task: 1, waitedFor: 'cores' },
    ]);
  });

  it('takes the task whose end freed a chroot that is large enough', () => {
    const tasks = [
      { durationMs: 5, ramDiskBytes: 3 },
      { durationMs: 5, ramDiskBytes: 6 },
      { durationMs: 5, ramDiskBytes: 6 },
    ];
    expect(chainOf(tasks, { slots: 3, ramDiskChroots: [9, 3] })).toEqual([
      { task: 1, waitedFor: 'start' },
      { task: 2, waitedFor: 'ram-disk' },
    ]);
  });

  it('begins with a release, or with a build that runs already', () => {
    const tasks = [{ durationMs: 5, releaseMs: 4 }, { durationMs: 2 }, { durationMs: 6, needs: [1] }];
    expect(chainOf(tasks, { slots: 3 })).toEqual([{ task: 0, waitedFor: 'release' }]);
    const place = { builder: 0, slot: 0, mode: 'ram', makeJobs: 1, chroot: -1 } as const;
    const running = [{ task: 1, ...place, startMs: -9, endMs: 7 }];
    const problem = problemOf(tasks, [{}], 2, { running });
    expect(criticalChain(problem, verified(problem))).toEqual([
      { task: 1, waitedFor: 'start' },
      { task: 2, waitedFor: 'need' },
    ]);
  });

  it('is empty for an empty schedule', () => {
    expect(chainOf([], {})).toEqual([]);
  });
});
