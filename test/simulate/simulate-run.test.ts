import { describe, expect, it } from 'vitest';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import type { Problem } from '../../src/dispatch/problem.ts';
import type { Scenario } from '../../src/simulate/scenario.ts';
import { simulateRun, type Run } from '../../src/simulate/simulate-run.ts';
import { problemOf, ruleOf, type BuilderSpec, type TaskSpec } from '../dispatch/problems.ts';

/** What really happens, where it is not what was estimated. */
interface Reality {
  readonly durationMs?: readonly number[];
  readonly ramDiskBytes?: readonly number[];
  readonly failRate?: number;
  readonly retries?: number;
  readonly priorities?: readonly number[];
}

function play(tasks: readonly TaskSpec[], builder: BuilderSpec, reality: Reality): Run {
  const problem = problemOf(tasks, [builder]);
  const { failRate = 0, retries = 1 } = reality;
  const real: Problem = {
    ...problem,
    durationMs: Float64Array.from(reality.durationMs ?? problem.durationMs),
    ramDiskBytes: Float64Array.from(reality.ramDiskBytes ?? problem.ramDiskBytes),
  };
  const scenario: Scenario = { noise: { jitter: 0, sizeJitter: 0, failRate, seed: 1 }, run: 0, real };
  return simulateRun(
    problem,
    scenario,
    new Dispatcher(problem, ruleOf(problem, reality.priorities)),
    retries,
  );
}

/** `task mode start-end outcome`, in the order in which they ended. */
function linesOf({ attempts }: Run): readonly string[] {
  return attempts.map(
    ({ task, mode, startMs, endMs, outcome }) => `${task} ${mode} ${startMs}-${endMs} ${outcome}`,
  );
}

describe('a simulated run', () => {
  it('starts what becomes ready when a build ends earlier or later than expected', () => {
    const tasks = [{ durationMs: 10 }, { durationMs: 10 }, { durationMs: 10, needs: [0] }];
    const run = play(tasks, { slots: 2 }, { durationMs: [4, 25, 10] });
    expect(linesOf(run)).toEqual(['0 ram 0-4 finished', '2 ram 4-14 finished', '1 ram 0-25 finished']);
    expect(run.makespanMs).toBe(25);
  });

  it('lets a build that outgrows its reservation have more while there is room', () => {
    const run = play([{ durationMs: 10, ramDiskBytes: 4 }], { ramDiskBytes: 10 }, { ramDiskBytes: [10] });
    expect(linesOf(run)).toEqual(['0 ram 0-10 finished']);
  });

  it('kills it at the moment when it finds no room, and builds it again on disk', () => {
    // 8 of 10 bytes are reserved; task 0 wants 8 instead of 4, and has written 4 of them after half of its time
    const tasks = [
      { durationMs: 10, ramDiskBytes: 4 },
      { durationMs: 100, ramDiskBytes: 4 },
    ];
    const run = play(tasks, { ramDiskBytes: 10, diskFactor: 2 }, { ramDiskBytes: [8, 4] });
    expect(linesOf(run)).toEqual(['0 ram 0-5 overrun', '0 disk 5-25 finished', '1 ram 0-100 finished']);
    expect(run.failed).toEqual([]);
  });

  it('lets it have what others leave of their reservations', () => {
    // task 1 really takes 1 byte of its 4: what it leaves is there for task 0
    const tasks = [
      { durationMs: 10, ramDiskBytes: 4 },
      { durationMs: 100, ramDiskBytes: 4 },
    ];
    const run = play(tasks, { ramDiskBytes: 10 }, { ramDiskBytes: [8, 1] });
    expect(linesOf(run)).toEqual(['0 ram 0-10 finished', '1 ram 0-100 finished']);
  });

  it('kills the one that is furthest above its reservation when a new build needs the room', () => {
    // tasks 0 and 1 have grown to 6 and 5 of 13 bytes before task 3, which waits for task 2, takes the 4 reserved for it
    const tasks = [
      { durationMs: 100, ramDiskBytes: 3 },
      { durationMs: 100, ramDiskBytes: 3 },
      { durationMs: 80, ramDiskBytes: 0 },
      { durationMs: 10, ramDiskBytes: 4, needs: [2] },
    ];
    const run = play(tasks, { slots: 3, ramDiskBytes: 13, diskFactor: 1 }, { ramDiskBytes: [6, 5, 0, 4] });
    expect(linesOf(run)).toEqual([
      '2 ram 0-80 finished',
      '0 ram 0-80 overrun',
      '3 ram 80-90 finished',
      '1 ram 0-100 finished',
      '0 disk 80-180 finished',
    ]);
  });

  it('gives a build in a fixed chroot all of the chroot, and nothing beyond', () => {
    const builder = { slots: 2, ramDiskChroots: [8, 8], diskFactor: 2 };
    const tasks = [
      { durationMs: 80, ramDiskBytes: 4 },
      { durationMs: 40, ramDiskBytes: 4 },
    ];
    const run = play(tasks, builder, { ramDiskBytes: [16, 8] });
    expect(linesOf(run)).toEqual(['1 ram 0-40 finished', '0 ram 0-40 overrun', '0 disk 40-200 finished']);
  });

  it('gives a build up that has outgrown its RAM disk where no disk is', () => {
    const tasks = [
      { durationMs: 10, ramDiskBytes: 4 },
      { durationMs: 5, needs: [0] },
    ];
    const run = play(tasks, { ramDiskChroots: [4], diskSlots: 0 }, { ramDiskBytes: [8, 0] });
    expect(linesOf(run)).toEqual(['0 ram 0-5 overrun']);
    expect([run.failed, run.blocked, run.makespanMs]).toEqual([[0], [1], 5]);
  });

  it('counts memory that a build outgrows like RAM disk', () => {
    const tasks = [
      { durationMs: 10, ramDiskBytes: 4 },
      { durationMs: 100, memoryBytes: 5 },
    ];
    const run = play(tasks, { ramDiskBytes: 10, memoryBytes: 11 }, { ramDiskBytes: [8, 0] });
    expect(linesOf(run)[0]).toBe('0 ram 0-5 overrun');
  });

  it('tries a failed build again, then gives it up with all that needs it', () => {
    const tasks = [
      { durationMs: 1000 },
      { durationMs: 7, needs: [0] },
      { durationMs: 7, needs: [1] },
      { durationMs: 2 },
    ];
    const run = play(tasks, { slots: 1 }, { failRate: 1, retries: 2 });
    const ofFirst = run.attempts.filter(({ task }) => task === 0);
    expect(ofFirst.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
    expect(ofFirst.every(({ startMs, endMs }) => endMs - startMs < 1000)).toBe(true);
    expect([run.failed, run.blocked]).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it('fails an attempt at the same point of its time wherever it runs', () => {
    const tasks = [{ durationMs: 1000, ramDiskBytes: 4 }];
    const inRam = play(tasks, {}, { failRate: 1, retries: 0 });
    const onDisk = play(tasks, { ramDiskBytes: 0, diskFactor: 2 }, { failRate: 1, retries: 0 });
    expect(Math.abs(onDisk.makespanMs - 2 * inRam.makespanMs)).toBeLessThan(2);
  });
});
