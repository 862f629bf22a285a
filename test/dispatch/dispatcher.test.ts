import { describe, expect, it } from 'vitest';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import type { Problem } from '../../src/dispatch/problem.ts';
import { problemOf, ruleOf, type TaskSpec } from './problems.ts';

const priority = (...values: readonly number[]): Float64Array => Float64Array.from(values);

const dispatcherOf = (problem: Problem, priorities: Float64Array): Dispatcher =>
  new Dispatcher(problem, ruleOf(problem, priorities));

describe('Dispatcher', () => {
  it('starts by priority, then by lower id, on the lowest free slot', () => {
    const problem = problemOf([{ durationMs: 5 }, { durationMs: 5 }, { durationMs: 5 }, { durationMs: 5 }]);
    const dispatcher = dispatcherOf(problem, priority(1, 2, 2, 1));
    expect(dispatcher.start(0)).toEqual([
      { task: 1, builder: 0, slot: 0, mode: 'ram', makeJobs: 1, chroot: -1, startMs: 0, endMs: 5 },
      { task: 2, builder: 0, slot: 1, mode: 'ram', makeJobs: 1, chroot: -1, startMs: 0, endMs: 5 },
    ]);
    dispatcher.finish(1);
    expect(dispatcher.start(3)).toEqual([
      { task: 0, builder: 0, slot: 0, mode: 'ram', makeJobs: 1, chroot: -1, startMs: 3, endMs: 8 },
    ]);
  });

  it('builds a package on disk from the start when its footprint exceeds the RAM disk', () => {
    const dispatcher = dispatcherOf(problemOf([{ durationMs: 5, ramDiskBytes: 11 }]), priority(0));
    expect(dispatcher.start(0)).toEqual([
      { task: 0, builder: 0, slot: 0, mode: 'disk', makeJobs: 1, chroot: -1, startMs: 0, endMs: 10 },
    ]);
  });

  it('builds on disk what may not use the RAM disk, even while that is empty', () => {
    const problem = problemOf([{ durationMs: 5, ramDiskBytes: 1 }]);
    const dispatcher = new Dispatcher(problem, { ...ruleOf(problem), mayUseRamDisk: Uint8Array.of(0) });
    expect(dispatcher.start(0)[0]?.mode).toBe('disk');
  });

  it('builds on disk on a builder without a RAM disk, even what takes no room', () => {
    const dispatcher = dispatcherOf(problemOf([{ durationMs: 5 }], [{ ramDiskBytes: 0 }]), priority(0));
    expect(dispatcher.start(0)[0]?.mode).toBe('disk');
  });

  it('goes to disk when that ends before RAM would be free, and waits when it would not', () => {
    const tasks: readonly TaskSpec[] = [
      { durationMs: 30, ramDiskBytes: 8 },
      { durationMs: 29, ramDiskBytes: 8 },
      { durationMs: 30, ramDiskBytes: 8 },
    ];
    const dispatcher = dispatcherOf(problemOf(tasks, [{ slots: 3 }]), priority(3, 2, 1));
    const starts = dispatcher.start(0);
    expect(starts.map(({ task, mode }) => [task, mode])).toEqual([
      [0, 'ram'],
      [1, 'disk'],
    ]);
    expect(dispatcher.reservations()).toEqual([
      { task: 2, builder: 0, mode: 'ram', makeJobs: 1, chroot: -1, startMs: 30 },
    ]);
  });

  it('waits for a busy fast builder when that ends earlier than an idle slow one', () => {
    const builders = [
      { slots: 1, speed: 1 },
      { slots: 1, speed: 4 },
    ];
    const tasks = [
      { durationMs: 8 },
      { durationMs: 8 },
      { durationMs: 8 },
      { durationMs: 8 },
      { durationMs: 8 },
    ];
    const dispatcher = dispatcherOf(problemOf(tasks, builders), priority(5, 4, 3, 2, 1));
    expect(dispatcher.start(0).map(({ task, builder, endMs }) => [task, builder, endMs])).toEqual([
      [0, 1, 2],
      [3, 0, 8],
    ]);
  });

  it('counts RAM-disk pages and processes against the memory, and processes alone on disk', () => {
    const tasks = [
      { durationMs: 4, ramDiskBytes: 6, memoryBytes: 2 },
      { durationMs: 1, ramDiskBytes: 1, memoryBytes: 2 },
      { durationMs: 1, ramDiskBytes: 1, memoryBytes: 1 },
    ];
    const dispatcher = dispatcherOf(problemOf(tasks, [{ slots: 3, memoryBytes: 10 }]), priority(3, 2, 1));
    expect(dispatcher.start(0).map(({ task, mode }) => [task, mode])).toEqual([
      [0, 'ram'],
      [1, 'disk'],
    ]);
  });

  it('serves each architecture by its own builders', () => {
    const tasks = [
      { durationMs: 5, arch: 'arm64' },
      { durationMs: 5, arch: 'amd64' },
    ];
    const builders = [{ arch: 'amd64' }, { arch: 'arm64' }];
    const dispatcher = dispatcherOf(problemOf(tasks, builders), priority(0, 0));
    expect(dispatcher.start(0).map(({ task, builder }) => [task, builder])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('waits for a need that is listed twice only once', () => {
    const dispatcher = dispatcherOf(
      problemOf([{ durationMs: 1 }, { durationMs: 1, needs: [0, 0] }]),
      priority(0, 0),
    );
    dispatcher.start(0);
    dispatcher.finish(0);
    expect(dispatcher.state(1)).toBe('ready');
  });

  it('refuses the end of a task that does not run', () => {
    const dispatcher = dispatcherOf(problemOf([{ durationMs: 1 }]), priority(0));
    expect(() => {
      dispatcher.finish(0);
    }).toThrow('BUG: task 0 is ready, not running');
  });
});

describe('a package as large as ceph', () => {
  const ceph: TaskSpec = { durationMs: 100, ramDiskBytes: 9 };
  const small: TaskSpec = { durationMs: 10, ramDiskBytes: 2 };

  it('waits for RAM while all smaller ones that fit go on', () => {
    const tasks = [{ durationMs: 50, ramDiskBytes: 4 }, ceph, small, small, small];
    const dispatcher = dispatcherOf(problemOf(tasks, [{ slots: 5 }], 10), priority(9, 8, 3, 2, 1));
    expect(dispatcher.start(0).map(({ task, mode }) => [task, mode])).toEqual([
      [0, 'ram'],
      [2, 'ram'],
      [3, 'ram'],
      [4, 'ram'],
    ]);
    expect(dispatcher.reservations().map(({ task, startMs }) => [task, startMs])).toEqual([[1, 50]]);
  });

  it('is not put off for ever by smaller ones: what would still run at its start keeps off its RAM', () => {
    const late: TaskSpec = { durationMs: 60, ramDiskBytes: 2 };
    const tasks = [{ durationMs: 50, ramDiskBytes: 4 }, ceph, late, small];
    const dispatcher = dispatcherOf(problemOf(tasks, [{ slots: 5 }], 10), priority(9, 8, 3, 1));
    expect(dispatcher.start(0).map(({ task }) => task)).toEqual([0, 3]);
    for (const task of [3, 0]) dispatcher.finish(task);
    expect(dispatcher.start(50).map(({ task }) => task)).toEqual([1]);
  });

  it('lets a smaller one build on disk when only its RAM would be in the way', () => {
    const late: TaskSpec = { durationMs: 60, ramDiskBytes: 2 };
    const tasks = [{ durationMs: 50, ramDiskBytes: 4 }, ceph, late];
    const dispatcher = dispatcherOf(problemOf(tasks, [{ slots: 5 }], 1.5), priority(9, 8, 3));
    const [, second] = dispatcher.start(0);
    expect(second).toEqual({
      task: 2,
      builder: 0,
      slot: 1,
      mode: 'disk',
      makeJobs: 1,
      chroot: -1,
      startMs: 0,
      endMs: 90,
    });
  });
});

describe('fixed chroots', () => {
  // Task 1 waits for memory until 10; a chroot for it is free already.
  const tasks: readonly TaskSpec[] = [
    { durationMs: 10, ramDiskBytes: 4, memoryBytes: 4 },
    { durationMs: 10, ramDiskBytes: 8 },
    { durationMs: 30, ramDiskBytes: 3 },
    { durationMs: 9, ramDiskBytes: 1 },
  ];
  const startsIn = (ramDiskChroots: readonly number[]): readonly (readonly number[])[] => {
    const builder = { slots: 4, ramDiskChroots, memoryBytes: 12, diskFactor: 10 };
    const dispatcher = dispatcherOf(problemOf(tasks, [builder]), priority(4, 3, 2, 1));
    const starts = dispatcher.start(0);
    expect(dispatcher.reservations().map(({ task, startMs }) => [task, startMs])).toEqual([[1, 10]]);
    return starts.map(({ task, chroot }) => [task, chroot]);
  };

  it('hold one build each, which takes the smallest that is large enough', () => {
    const builder = { slots: 3, ramDiskChroots: [9, 5, 5], diskFactor: 100 };
    const dispatcher = dispatcherOf(problemOf(tasks, [builder]), priority(1, 4, 3, 2));
    expect(dispatcher.start(0).map(({ task, chroot }) => [task, chroot])).toEqual([
      [1, 0],
      [2, 2],
      [3, 1],
    ]);
  });

  it('are kept for who waits: only what ends before gets the one that it will need', () => {
    expect(startsIn([9, 5])).toEqual([
      [0, 1],
      [3, 0],
    ]);
  });

  it('are kept one for one: what ends later takes another, though it is larger', () => {
    expect(startsIn([9, 8, 5])).toEqual([
      [0, 2],
      [2, 0],
      [3, 1],
    ]);
  });
});

describe('make jobs', () => {
  const wide: TaskSpec = { durationMs: 8, parallelFraction: 1 };

  it('are as many as the rule wishes and the builder offers; the fewest where more gain nothing', () => {
    const problem = problemOf([wide, wide, { durationMs: 8 }], [{ slots: 3, makeJobs: [1, 2, 8] }]);
    const dispatcher = new Dispatcher(problem, { ...ruleOf(problem), makeJobs: Int32Array.of(7, 9, 9) });
    expect(dispatcher.start(0).map(({ makeJobs, endMs }) => [makeJobs, endMs])).toEqual([
      [2, 4],
      [8, 1],
      [1, 8],
    ]);
  });

  it('are fewer where that ends before enough cores are free; behind one that waits, what there is', () => {
    const builder = { slots: 5, cores: 6, makeJobs: [1, 4] };
    const tasks = [{ durationMs: 8 }, { durationMs: 4 }, { durationMs: 4 }, wide, wide];
    const dispatcher = dispatcherOf(problemOf(tasks, [builder]), priority(5, 4, 3, 2, 1));
    // Task 3 waits until 4 for four cores: it ends at 6, with one job it would at 8. Task 4 takes one that is left even then.
    expect(dispatcher.start(0).map(({ task, makeJobs, endMs }) => [task, makeJobs, endMs])).toEqual([
      [0, 1, 8],
      [1, 1, 4],
      [2, 1, 4],
      [4, 1, 8],
    ]);
    expect(dispatcher.reservations().map(({ task, makeJobs, startMs }) => [task, makeJobs, startMs])).toEqual(
      [[3, 4, 4]],
    );
  });
});

describe('a release', () => {
  it('is when a task is ready at the earliest, and what the dispatcher says is next', () => {
    const problem = problemOf([
      { durationMs: 1, releaseMs: 5 },
      { durationMs: 1, releaseMs: 3, needs: [0] },
    ]);
    const dispatcher = dispatcherOf(problem, priority(0, 0));
    expect(dispatcher.start(0)).toEqual([]);
    expect([dispatcher.state(0), dispatcher.nextReleaseMs(0)]).toEqual(['waiting', 5]);
    expect(dispatcher.start(5).map(({ task }) => task)).toEqual([0]);
    expect(dispatcher.nextReleaseMs(5)).toBe(Infinity);
    dispatcher.finish(0);
    expect(dispatcher.start(6).map(({ task }) => task)).toEqual([1]);
  });
});

describe('a build that runs already', () => {
  const tasks: readonly TaskSpec[] = [
    { durationMs: 5 },
    { durationMs: 5, needs: [0] },
    { durationMs: 5, needs: [1] },
  ];
  const place = { builder: 0, slot: 1, mode: 'disk', makeJobs: 1, chroot: -1 } as const;
  const running = [{ task: 1, ...place, startMs: -2, endMs: 8 }];

  it('keeps its place and waits for nothing; what needs it waits for its end and for what it needs', () => {
    const problem = problemOf(tasks, [{ diskSlots: 1, ramDiskBytes: 0 }], 2, { running });
    const dispatcher = dispatcherOf(problem, priority(0, 0, 0));
    expect(dispatcher.state(1)).toBe('running');
    expect(dispatcher.start(0)).toEqual([]);
    dispatcher.finish(1);
    expect(dispatcher.start(8).map(({ task, slot }) => [task, slot])).toEqual([[0, 0]]);
    expect(dispatcher.state(2)).toBe('waiting');
    dispatcher.finish(0);
    expect(dispatcher.state(2)).toBe('ready');
  });
});

describe('a task that is built once more', () => {
  it('may be kept to the disk, unless there is none for it', () => {
    for (const [diskSlots, mode] of [
      [2, 'disk'],
      [0, 'ram'],
    ] as const) {
      const dispatcher = dispatcherOf(
        problemOf([{ durationMs: 5, ramDiskBytes: 1 }], [{ diskSlots }]),
        priority(0),
      );
      expect(dispatcher.start(0)[0]?.mode).toBe('ram');
      dispatcher.retry(0, true);
      expect(dispatcher.start(1)[0]?.mode).toBe(mode);
    }
  });
});

describe('a task that is overdue', () => {
  const tasks = [
    { durationMs: 10, ramDiskBytes: 8 },
    { durationMs: 10, ramDiskBytes: 8 },
    { durationMs: 10, ramDiskBytes: 2 },
  ];

  it('is expected to end now, so the next one goes on waiting for its RAM', () => {
    const dispatcher = dispatcherOf(problemOf(tasks, [{ slots: 2 }]), priority(3, 2, 1));
    dispatcher.start(0);
    dispatcher.finish(2);
    expect(dispatcher.start(25)).toEqual([]);
    expect(dispatcher.reservations().map(({ task, startMs }) => [task, startMs])).toEqual([[1, 25]]);
  });
});

describe('a task that fails', () => {
  it('cancels what needs it, directly or not, and gives its slot and RAM back', () => {
    const problem = problemOf([
      { durationMs: 1, ramDiskBytes: 10 },
      { durationMs: 1 },
      { durationMs: 1, needs: [0] },
      { durationMs: 1, needs: [2] },
      { durationMs: 1, needs: [0, 1] },
      { durationMs: 1, ramDiskBytes: 10, needs: [1] },
    ]);
    const dispatcher = dispatcherOf(problem, new Float64Array(6));
    dispatcher.start(0);
    expect(dispatcher.fail(0)).toEqual([2, 3, 4]);
    dispatcher.finish(1);
    expect(dispatcher.start(1)).toEqual([
      { task: 5, builder: 0, slot: 0, mode: 'ram', makeJobs: 1, chroot: -1, startMs: 1, endMs: 2 },
    ]);
    dispatcher.finish(5);
    expect(dispatcher.isDone).toBe(true);
    expect([0, 1, 2, 3, 4, 5].map((task) => dispatcher.state(task))).toEqual([
      'failed',
      'finished',
      'cancelled',
      'cancelled',
      'cancelled',
      'finished',
    ]);
  });
});
