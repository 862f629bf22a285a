import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import type { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import {
  isAdmissible,
  modeDuration,
  type DispatchRule,
  type Mode,
  type Problem,
} from '../../src/dispatch/problem.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { drive, type Running } from './drive.ts';
import { problemOf, problemSpecs, ruleOf, specProblem, specRule, type TaskSpec } from './problems.ts';
import { hasRoomFor, roomBeside } from './room.ts';

/**
 * The ready tasks of a problem with one builder that are held back: a slot idles, they have room in RAM (what can't be built in RAM:
 * on disk), and would not delay the task with the reservation. That one itself may wait for what ends earlier.
 */
function heldBack(
  problem: Problem,
  rule: DispatchRule,
  dispatcher: Dispatcher,
  running: readonly Running[],
  nowMs: number,
): readonly number[] {
  const builder = at(problem.builders, 0);
  const reserved = dispatcher.reservations()[0];
  const reservedMs = reserved?.startMs ?? Infinity;
  const room = roomBeside(problem, 0, running);
  const thenStill = running.filter((other) => Math.max(nowMs, other.endMs) > reservedMs);
  const beside = reserved === undefined ? [] : [...thenStill, reserved];
  const roomThen = roomBeside(problem, 0, beside);
  return [...Array(problem.taskCount).keys()].filter((task) => {
    if (dispatcher.state(task) !== 'ready' || task === reserved?.task) return false;
    const isForRam = rule.mayUseRamDisk[task] === 1 && isAdmissible(problem, task, builder, 'ram');
    const mode: Mode = isForRam ? 'ram' : 'disk';
    const wish = at(rule.makeJobs, task);
    const choices = builder.makeJobs.filter((jobs, place) => place === 0 || jobs <= wish);
    return choices.some((makeJobs) => {
      const use = { task, builder: 0, mode, makeJobs };
      const endMs = nowMs + modeDuration(problem, task, builder, mode, makeJobs);
      if (endMs <= reservedMs) return hasRoomFor(problem, room, use);
      const kept = reserved?.chroot ?? -1;
      // Slots free themselves one by one, so the reserved task gets that of the build it waits for.
      return (
        hasRoomFor(problem, room, use, kept) && hasRoomFor(problem, { ...roomThen, slots: 1 }, use, kept)
      );
    });
  });
}

/** What a problem looks like in which large packages serialize the build: ready all at once, some large, most of them small. */
interface Crowd {
  readonly tasks: readonly TaskSpec[];
  readonly priorities: readonly number[];
  readonly slots: number;
}

const crowds: fc.Arbitrary<Crowd> = fc
  .record({
    large: fc.array(fc.integer({ min: 6, max: 10 }), { minLength: 2, maxLength: 6 }),
    small: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 20, maxLength: 80, size: 'max' }),
    durations: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 86, maxLength: 86 }),
    priorities: fc.array(fc.nat({ max: 9 }), { minLength: 86, maxLength: 86 }),
    slots: fc.integer({ min: 2, max: 8 }),
  })
  .map(({ large, small, durations, priorities, slots }) => {
    const footprints = [...large, ...small];
    return {
      tasks: footprints.map((ramDiskBytes, task) => ({ ramDiskBytes, durationMs: at(durations, task) })),
      // The large ones come first in line.
      priorities: footprints.map((_, task) => at(priorities, task) + (task < large.length ? 10 : 0)),
      slots,
    };
  });

const EXACT = { shortest: 1, longest: 1 };
const NOISE = { shortest: 0.33, longest: 3 };

describe('serialization: nothing waits behind a large package', () => {
  it('no slot idles although a small one fits and delays no reservation', () => {
    let waitCount = 0;
    const noises = fc.constantFrom(EXACT, NOISE);
    const property = fc.property(crowds, noises, fc.nat(), ({ tasks, priorities, slots }, noise, seed) => {
      // The disk is so slow that the large ones wait for RAM.
      for (const builder of [{ ramDiskBytes: 12 }, { ramDiskChroots: [10, 3, 3, 3] }]) {
        const problem = problemOf(tasks, [{ ...builder, slots, diskFactor: 50 }]);
        const rule = ruleOf(problem, priorities);
        drive(problem, rule, { seed, ...noise }, (dispatcher, running, nowMs) => {
          if (running.length === slots) return;
          waitCount += dispatcher.reservations().length;
          expect(heldBack(problem, rule, dispatcher, running, nowMs)).toEqual([]);
        });
        expect(verifySchedule(problem, listSchedule(problem, rule))).toEqual([]);
      }
    });
    fc.assert(property, { seed: 1, numRuns: 100 });
    expect(waitCount).toBeGreaterThan(1000);
  });

  it('nor on any builder, with limits of every kind', () => {
    const specs = problemSpecs({ archs: ['amd64'], maxBuilders: 1, maxSlots: 8, maxNeeds: 1 });
    const noises = fc.constantFrom(EXACT, NOISE);
    const property = fc.property(specs, noises, fc.nat(), (spec, noise, seed) => {
      const problem = specProblem(spec);
      const rule = specRule(spec);
      drive(problem, rule, { seed, ...noise }, (dispatcher, running, nowMs) => {
        expect(heldBack(problem, rule, dispatcher, running, nowMs)).toEqual([]);
      });
    });
    fc.assert(property, { seed: 2, numRuns: 400 });
  });

  it('and a large one is never put off: it starts when the builds before it have left its room', () => {
    let promiseCount = 0;
    const property = fc.property(crowds, ({ tasks, priorities, slots }) => {
      const problem = problemOf(tasks, [{ ramDiskBytes: 12, slots, diskFactor: 50 }]);
      const promised = new Map<number, number>();
      drive(problem, ruleOf(problem, priorities), { seed: 1, ...EXACT }, (dispatcher, running, nowMs) => {
        for (const { task } of running.filter(({ startMs }) => startMs === nowMs))
          expect(nowMs).toBeLessThanOrEqual(promised.get(task) ?? Infinity);
        for (const { task, startMs } of dispatcher.reservations())
          promised.set(task, Math.min(startMs, promised.get(task) ?? Infinity));
      });
      promiseCount += promised.size;
    });
    fc.assert(property, { seed: 3, numRuns: 100 });
    expect(promiseCount).toBeGreaterThan(100);
  });
});
