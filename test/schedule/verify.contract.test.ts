import { describe, expect, it } from 'vitest';
import type { Builder, Placement, Problem, Schedule } from '../../src/dispatch/problem.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { formatViolation, type Violation } from '../../src/schedule/violation.ts';
import { problemOf } from '../dispatch/problems.ts';

// Tasks 0 and 1 run beside each other in RAM, 2 on disk; 3 follows them; 4 is alone on the other architecture.
const problem: Problem = problemOf(
  [
    { durationMs: 10, ramDiskBytes: 6, memoryBytes: 1 },
    { durationMs: 10, ramDiskBytes: 4, memoryBytes: 1 },
    { durationMs: 10, ramDiskBytes: 11, memoryBytes: 1 },
    { durationMs: 10, ramDiskBytes: 6, memoryBytes: 6, needs: [0, 1, 2] },
    { durationMs: 10, arch: 'arm64' },
  ],
  [
    { slots: 3, memoryBytes: 13 },
    { slots: 1, arch: 'arm64', ramDiskBytes: 0 },
  ],
);
const valid = listSchedule(problem, new Float64Array(5));

type Change = Partial<Placement>;

function change(task: number, changes: Change, schedule = valid): Schedule {
  const placements = schedule.placements.map((one) => (one.task === task ? { ...one, ...changes } : one));
  placements.sort((a, b) => a.startMs - b.startMs || a.task - b.task);
  return { placements, makespanMs: Math.max(...placements.map((one) => one.endMs)) };
}

function shrink(changes: Partial<Builder>): Problem {
  return {
    ...problem,
    builders: problem.builders.map((one, index) => (index === 0 ? { ...one, ...changes } : one)),
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
    schedule: change(4, { task: 5 }),
    expected: [
      { kind: 'unknown-task', task: 5 },
      { kind: 'missing-task', task: 4 },
    ],
  },
  'unknown-builder': {
    schedule: change(4, { builder: 2 }),
    expected: [
      { kind: 'unknown-builder', task: 4, builder: 2 },
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
        { task: 4, builder: 1, slot: 0, mode: 'disk', startMs: 30, endMs: 50 },
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
    expected: [4, 2, 1, 0].map((task, index) => ({ kind: 'wrong-order', task, index: index + 1 })),
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
    expected: [{ kind: 'ram-disk-exceeded', task: 1, builder: 0, atMs: 0, usedBytes: 10, capacityBytes: 9 }],
  },
  'memory-exceeded': {
    schedule: valid,
    against: shrink({ memoryBytes: 12 }),
    expected: [{ kind: 'memory-exceeded', task: 2, builder: 0, atMs: 0, usedBytes: 13, capacityBytes: 12 }],
  },
  'wrong-makespan': {
    schedule: { ...valid, makespanMs: 31 },
    expected: [{ kind: 'wrong-makespan', makespanMs: 31, expectedMs: 30 }],
  },
};

describe('verifySchedule', () => {
  it('finds nothing wrong with the schedule that the cases are made of', () => {
    expect(verifySchedule(problem, valid)).toEqual([]);
    expect(valid.placements.map(({ task, mode, startMs }) => [task, mode, startMs])).toEqual([
      [0, 'ram', 0],
      [1, 'ram', 0],
      [2, 'disk', 0],
      [4, 'disk', 0],
      [3, 'ram', 20],
    ]);
  });

  it('finds every task that starts on a slot before a long one there has ended', () => {
    const three = problemOf([{ durationMs: 9 }, { durationMs: 2 }, { durationMs: 2 }]);
    const place = (task: number, startMs: number, endMs: number): Placement => ({
      task,
      builder: 0,
      slot: 0,
      mode: 'ram',
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
