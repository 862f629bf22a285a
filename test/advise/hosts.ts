import fc from 'fast-check';
import { archWork, type ArchWork } from '../../src/advise/arch-work.ts';
import type { GridWishes } from '../../src/advise/grid.ts';
import type { Host } from '../../src/advise/host.ts';
import { scheduleTrial, type TrialScheduler } from '../../src/advise/trials.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { problemOf, type TaskSpec } from '../dispatch/problems.ts';

export const GIB = 1024 ** 3;

export const ALL: GridWishes = { slots: undefined, makeJobs: undefined };

export const HOST: Host = {
  memoryBytes: 32 * GIB,
  cores: 8,
  memoryPerJobBytes: GIB,
  diskFactor: 2,
  speed: 1,
};

/** Tasks as the work of one architecture. */
export function workOf(tasks: readonly TaskSpec[], durationJobs = 4): ArchWork {
  const problem = problemOf(tasks, [{}], 2, { durationJobs });
  const names = tasks.map((_, task) => ({ id: `task${String(task)}` }));
  return archWork(problem, names, 'amd64');
}

/** Work in GiB: few numbers, so that builds often fit exactly. */
export function works(maxTasks: number): fc.Arbitrary<ArchWork> {
  const task = fc.record({
    durationMs: fc.integer({ min: 1, max: 20 }).map((minutes) => minutes * 60_000),
    ramDiskBytes: fc.integer({ min: 0, max: 12 }).map((size) => size * GIB),
    memoryBytes: fc.constantFrom(0, 0, GIB, 3 * GIB),
    parallelFraction: fc.constantFrom(0, 0.5, 0.8, 1),
    picks: fc.array(fc.nat({ max: 1000 }), { maxLength: 3 }),
  });
  return fc.array(task, { minLength: 1, maxLength: maxTasks, size: 'max' }).map((tasks) =>
    workOf(
      tasks.map(({ picks, ...rest }, id) => ({
        ...rest,
        needs: id === 0 ? [] : picks.map((pick) => pick % id),
      })),
    ),
  );
}

/** Hosts that are large enough for any such work. */
export const hosts: fc.Arbitrary<Host> = fc.record({
  memoryBytes: fc.integer({ min: 3, max: 80 }).map((size) => size * GIB),
  cores: fc.integer({ min: 1, max: 20 }),
  memoryPerJobBytes: fc.constantFrom(0, GIB / 2, GIB, 2 * GIB),
  diskFactor: fc.constantFrom(1, 1.35, 2, 10),
  speed: fc.constantFrom(0.5, 1, 2),
});

/** Schedules as usual, and checks each schedule by the rules. @throws when one is not feasible */
export const checkedScheduler: TrialScheduler = (problem, effort, boundMs) => {
  const schedule = scheduleTrial(problem, effort, boundMs);
  const violations = verifySchedule(problem, schedule);
  if (violations.length > 0) throw new Error(`not feasible: ${JSON.stringify(violations[0])}`);
  return schedule;
};
