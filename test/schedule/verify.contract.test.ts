import { describe, expect, it } from 'vitest';
import type { Builder, Placement, Problem, Schedule } from '../../src/dispatch/problem.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { formatViolation, type Violation } from '../../src/schedule/violation.ts';
import { problemOf, ruleOf } from '../dispatch/problems.ts';

// Tasks 0 and 1 run beside each other in RAM, 2 on disk; 3 follows them; 4 is alone on the other architecture; 5 and 6 are in
// chroots, 7 runs already.
const problem: Problem = problemOf(
  [
    { durationMs: 10, ramDiskBytes: 6, memoryBytes: 1 },
    { durationMs: 10, ramDiskBytes: 4, memoryBytes: 1 },
    { durationMs: 10, ramDiskBytes: 11, memoryBytes: 1 },
    { durationMs: 10, ramDiskBytes: 6, memoryBytes: 6, needs: [0, 1, 2] },
    { durationMs: 10, arch: 'arm64' },
    { durationMs: 10, arch: 'riscv64', ramDiskBytes: 5 },
    { durationMs: 10, arch: 'riscv64', ramDiskBytes: 2, releaseMs: 5, parallelFraction: 1 },
    { durationMs: 10, arch: 'riscv64', ramDiskBytes: 9 },
  ],
  [
    { slots: 3, memoryBytes: 13, diskSlots: 1, cores: 3 },
    { slots: 1, arch: 'arm64', ramDiskBytes: 0 },
    { slots: 3, arch: 'riscv64', ramDiskChroots: [7, 6], makeJobs: [1, 2], diskSlots: 1 },
  ],
  2,
  {
    running: [{ task: 7, builder: 2, slot: 2, mode: 'disk', makeJobs: 1, chroot: -1, startMs: -2, endMs: 8 }],
  },
);
const valid = listSchedule(problem, ruleOf(problem));

type Change = Partial<Placement>;

function change(task: number, changes: Change, schedule = valid): Schedule {
  const placements = schedule.placements.map((one) => (one.task === task ? { ...one, ...changes } : one));
  placements.sort((a, b) => a.startMs - b.startMs || a.task - b.task);
  return { placements, makespanMs: Math.max(...placements.map((one) => one.endMs)) };
}

function shrink(changes: Partial<Builder>, builder = 0): Problem {
  return {
    ...problem,
    builders: problem.builders.map((one, index) => (index === builder ? { ...one, ...changes } : one)),
  };
}

interface Case {
  readonly schedule: Schedule;
  /** The problem that it breaks; without: the one it was made for. */
  readonly against?: Problem;
  readonly expected: readonly Violation[];
}

/** A valid schedule, broken in one way each. */
const CASES: Readonly<Record<Violation['kind'], Case>> = {
  'unknown-task': {
    schedule: change(4, { task: 8 }),
    expected: [
      { kind: 'unknown-task', task: 8 },
      { kind: 'missing-task', task: 4 },
    ],
  },
  'unknown-builder': {
    schedule: change(4, { builder: 3 }),
    expected: [
      { kind: 'unknown-builder', task: 4, builder: 3 },
      { kind: 'missing-task', task: 4 },
    ],
  },
  'missing-task': {
    schedule: { ...valid, placements: valid.placements.filter(({ task }) => task !== 1) },
    expected: [{ kind: 'missing-task', task: 1 }],
  },
  'repeated-task': {
    schedule: {
      placements: [
        ...valid.placements,
        { task: 4, builder: 1, slot: 0, mode: 'disk', makeJobs: 1, chroot: -1, startMs: 30, endMs: 50 },
      ],
      makespanMs: 50,
    },
    expected: [{ kind: 'repeated-task', task: 4 }],
  },
  'wrong-architecture': {
    schedule: change(4, { builder: 0, startMs: 30, endMs: 50 }),
    expected: [{ kind: 'wrong-architecture', task: 4, builder: 0 }],
  },
  'slot-out-of-range': {
    schedule: change(4, { slot: 1 }),
    expected: [{ kind: 'slot-out-of-range', task: 4, builder: 1, slot: 1 }],
  },
  'not-integer': {
    schedule: change(4, { startMs: 0.5, endMs: 20.5 }),
    expected: [{ kind: 'not-integer', task: 4, startMs: 0.5, endMs: 20.5 }],
  },
  'wrong-duration': {
    schedule: change(4, { endMs: 19 }),
    expected: [{ kind: 'wrong-duration', task: 4, durationMs: 19, expectedMs: 20 }],
  },
  'footprint-exceeds-ram-disk': {
    schedule: change(4, { mode: 'ram', endMs: 10 }),
    expected: [{ kind: 'footprint-exceeds-ram-disk', task: 4, builder: 1, footprintBytes: 0 }],
  },
  'wrong-order': {
    schedule: { ...valid, placements: valid.placements.toReversed() },
    expected: [6, 5, 4, 2, 1, 0, 7].map((task, index) => ({ kind: 'wrong-order', task, index: index + 1 })),
  },
  'need-not-finished': {
    schedule: change(3, { startMs: 19, endMs: 29 }),
    expected: [{ kind: 'need-not-finished', task: 3, need: 2, startMs: 19, needEndMs: 20 }],
  },
  'slot-overlap': {
    schedule: change(1, { slot: 0 }),
    expected: [{ kind: 'slot-overlap', task: 1, other: 0, builder: 0, slot: 0, atMs: 0 }],
  },
  'ram-disk-exceeded': {
    schedule: valid,
    against: shrink({ ramDiskBytes: 9 }),
    expected: [{ kind: 'ram-disk-exceeded', task: 1, builder: 0, atMs: 0, used: 10, capacity: 9 }],
  },
  'memory-exceeded': {
    schedule: valid,
    against: shrink({ memoryBytes: 12 }),
    expected: [{ kind: 'memory-exceeded', task: 2, builder: 0, atMs: 0, used: 13, capacity: 12 }],
  },
  'wrong-chroot': {
    schedule: change(5, { chroot: 2 }),
    expected: [{ kind: 'wrong-chroot', task: 5, builder: 2, chroot: 2 }],
  },
  'chroot-overlap': {
    schedule: change(6, { chroot: 1 }),
    expected: [{ kind: 'chroot-overlap', task: 6, other: 5, builder: 2, chroot: 1, atMs: 5 }],
  },
  'wrong-make-jobs': {
    schedule: change(5, { makeJobs: 3 }),
    expected: [{ kind: 'wrong-make-jobs', task: 5, builder: 2, makeJobs: 3 }],
  },
  'disk-slots-exceeded': {
    schedule: valid,
    against: shrink({ diskSlots: 0 }, 1),
    expected: [{ kind: 'disk-slots-exceeded', task: 4, builder: 1, atMs: 0, used: 1, capacity: 0 }],
  },
  'cores-exceeded': {
    schedule: valid,
    against: shrink({ cores: 2 }),
    expected: [{ kind: 'cores-exceeded', task: 2, builder: 0, atMs: 0, used: 3, capacity: 2 }],
  },
  'starts-before-release': {
    schedule: change(6, { startMs: 4, endMs: 9 }),
    expected: [{ kind: 'starts-before-release', task: 6, startMs: 4, releaseMs: 5 }],
  },
  'running-changed': {
    schedule: change(7, { endMs: 9 }),
    expected: [{ kind: 'running-changed', task: 7 }],
  },
  'wrong-makespan': {
    schedule: { ...valid, makespanMs: 31 },
    expected: [{ kind: 'wrong-makespan', makespanMs: 31, expectedMs: 30 }],
  },
};

describe('verifySchedule', () => {
  it('finds nothing wrong with the schedule that the cases are made of', () => {
    expect(verifySchedule(problem, valid)).toEqual([]);
    expect(
      valid.placements.map(({ task, mode, makeJobs, chroot, startMs, endMs }) => [
        ...[task, mode, makeJobs, chroot, startMs, endMs],
      ]),
    ).toEqual([
      [7, 'disk', 1, -1, -2, 8],
      [0, 'ram', 1, -1, 0, 10],
      [1, 'ram', 1, -1, 0, 10],
      [2, 'disk', 1, -1, 0, 20],
      [4, 'disk', 1, -1, 0, 20],
      [5, 'ram', 1, 1, 0, 10],
      [6, 'ram', 2, 0, 5, 10],
      [3, 'ram', 1, -1, 20, 30],
    ]);
  });

  it('takes a build with a footprint beyond its chroot for wrong, though a larger chroot has room', () => {
    const small = shrink({ ramDiskChroots: [7, 4] }, 2);
    expect(verifySchedule(small, valid)).toEqual([
      { kind: 'footprint-exceeds-ram-disk', task: 5, builder: 2, footprintBytes: 5 },
    ]);
  });

  it('wants no chroot for a build on disk, and none where the RAM disk is a budget', () => {
    expect(verifySchedule(problem, change(4, { chroot: 0 })).map(({ kind }) => kind)).toEqual([
      'wrong-chroot',
    ]);
    expect(verifySchedule(problem, change(0, { chroot: 0 })).map(({ kind }) => kind)).toEqual([
      'wrong-chroot',
    ]);
    expect(verifySchedule(problem, change(5, { chroot: -1 })).map(({ kind }) => kind)).toEqual([
      'wrong-chroot',
    ]);
  });

  it('finds every task that starts on a slot before a long one there has ended', () => {
    const three = problemOf([{ durationMs: 9 }, { durationMs: 2 }, { durationMs: 2 }]);
    const place = (task: number, startMs: number, endMs: number): Placement => ({
      task,
      builder: 0,
      slot: 0,
      mode: 'ram',
      makeJobs: 1,
      chroot: -1,
      startMs,
      endMs,
    });
    const schedule = { placements: [place(0, 0, 9), place(1, 2, 4), place(2, 5, 7)], makespanMs: 9 };
    expect(verifySchedule(three, schedule)).toEqual([
      { kind: 'slot-overlap', task: 1, other: 0, builder: 0, slot: 0, atMs: 2 },
      { kind: 'slot-overlap', task: 2, other: 0, builder: 0, slot: 0, atMs: 5 },
    ]);
  });

  for (const [kind, { schedule, against, expected }] of Object.entries(CASES)) {
    it(`finds ${kind} and nothing else`, () => {
      const found = verifySchedule(against ?? problem, schedule);
      expect(found).toEqual(expected);
      expect(found.map((violation) => violation.kind)).toContain(kind);
      for (const violation of found) expect(formatViolation(violation)).toMatch(/^(task|the makespan)/);
    });
  }
});
