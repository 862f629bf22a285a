import { describe, expect, it } from 'vitest';
import type { Builder } from '../../src/dispatch/problem.ts';
import { criticalChain, type ChainLink } from '../../src/schedule/critical-chain.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { problemOf, type TaskSpec } from '../dispatch/problems.ts';

/** The chain of the list schedule in which lower ids go first. */
function chainOf(
  tasks: readonly TaskSpec[],
  builder: Partial<Builder>,
  diskFactor = 10,
): readonly ChainLink[] {
  const problem = problemOf(tasks, [builder], diskFactor);
  return criticalChain(problem, listSchedule(problem, new Float64Array(tasks.length)));
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

  it('is empty for an empty schedule', () => {
    expect(chainOf([], {})).toEqual([]);
  });
});
