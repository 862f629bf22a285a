import { describe, expect, it } from 'vitest';
import type { Placement, Schedule } from '../../src/dispatch/problem.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { drawScenario } from '../../src/simulate/scenario.ts';
import { simulateRun } from '../../src/simulate/simulate-run.ts';
import { StaticOrder } from '../../src/simulate/static-order.ts';
import { problemOf } from '../dispatch/problems.ts';

const QUIET = { jitter: 0, sizeJitter: 0, failRate: 0, seed: 1 };

function placement(task: number, slot: number, startMs: number, endMs: number): Placement {
  return { task, builder: 0, slot, mode: 'ram', makeJobs: 1, chroot: -1, startMs, endMs };
}

const problem = problemOf([
  { durationMs: 10 },
  { durationMs: 10, needs: [0] },
  { durationMs: 5 },
  { durationMs: 5 },
]);

/** Slot 0: 0, then 3; slot 1: 2, then 1 after a gap. */
const schedule: Schedule = {
  placements: [
    placement(0, 0, 0, 10),
    placement(2, 1, 0, 5),
    placement(1, 1, 10, 20),
    placement(3, 0, 10, 15),
  ],
  makespanMs: 20,
};

describe('a static order', () => {
  it('waits with all behind a build that is late, though a slot is idle', () => {
    expect(verifySchedule(problem, schedule)).toEqual([]);
    const scenario = drawScenario(problem, QUIET, 0);
    const late = { ...scenario, real: { ...scenario.real, durationMs: Float64Array.of(30, 10, 5, 5) } };
    const { attempts } = simulateRun(problem, late, new StaticOrder(problem, schedule), 0);
    expect(attempts.map(({ task, slot, startMs, endMs }) => [task, slot, startMs, endMs])).toEqual([
      [2, 1, 0, 5],
      [0, 0, 0, 30],
      [3, 0, 30, 35],
      [1, 1, 30, 40],
    ]);
  });

  it('passes over what will never be built', () => {
    const policy = new StaticOrder(problem, schedule);
    expect(policy.start(0).map(({ task }) => task)).toEqual([0, 2]);
    expect(policy.fail(0)).toEqual([1]);
    expect(policy.start(1).map(({ task }) => task)).toEqual([3]);
    policy.finish(2);
    policy.finish(3);
    expect(policy.isDone).toBe(true);
    expect([0, 1, 2, 3].map((task) => policy.state(task))).toEqual([
      'failed',
      'cancelled',
      'finished',
      'finished',
    ]);
  });
});
