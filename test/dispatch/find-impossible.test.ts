import { describe, expect, it } from 'vitest';
import { findImpossible } from '../../src/dispatch/find-impossible.ts';
import { problemOf } from './problems.ts';

describe('findImpossible', () => {
  it('finds tasks whose architecture has no builder', () => {
    const problem = problemOf([{ durationMs: 1 }, { durationMs: 1, arch: 'riscv64' }]);
    expect(findImpossible(problem)).toEqual([{ task: 1, reason: { kind: 'no-builder', arch: 'riscv64' } }]);
  });

  it('finds tasks that take more memory on disk than the largest builder has', () => {
    const tasks = [
      { durationMs: 1, memoryBytes: 7 },
      { durationMs: 1, memoryBytes: 8 },
    ];
    const problem = problemOf(tasks, [{ memoryBytes: 5 }, { memoryBytes: 7 }]);
    const reason = { kind: 'memory', arch: 'amd64', demandBytes: 8, capacityBytes: 7 };
    expect(findImpossible(problem)).toEqual([{ task: 1, reason }]);
  });

  it('has nothing to say about a footprint beyond the RAM disk: there is the disk', () => {
    expect(findImpossible(problemOf([{ durationMs: 1, ramDiskBytes: 99 }]))).toEqual([]);
  });

  it('finds tasks that exceed the RAM disk, or every chroot, where nothing may be built on disk', () => {
    const tasks = [
      { durationMs: 1, ramDiskBytes: 7 },
      { durationMs: 1, ramDiskBytes: 8 },
    ];
    const reason = { kind: 'ram-disk', arch: 'amd64', demandBytes: 8, capacityBytes: 7 };
    const budget = { diskSlots: 0, ramDiskBytes: 7 };
    const chroots = { diskSlots: 0, ramDiskChroots: [7, 5] };
    expect(findImpossible(problemOf(tasks, [budget]))).toEqual([{ task: 1, reason }]);
    expect(findImpossible(problemOf(tasks, [chroots]))).toEqual([{ task: 1, reason }]);
    expect(findImpossible(problemOf(tasks, [chroots, { ramDiskBytes: 0 }]))).toEqual([]);
  });

  it('finds tasks whose processes and footprint exceed the memory, where nothing may be built on disk', () => {
    const problem = problemOf(
      [{ durationMs: 1, ramDiskBytes: 7, memoryBytes: 4 }],
      [{ diskSlots: 0, memoryBytes: 10 }],
    );
    const reason = { kind: 'memory', arch: 'amd64', demandBytes: 11, capacityBytes: 10 };
    expect(findImpossible(problem)).toEqual([{ task: 0, reason }]);
  });
});
