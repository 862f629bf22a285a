import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/column.ts';
import { seededRandom } from '../../../src/base/random.ts';
import type { Problem, Schedule } from '../../../src/dispatch/problem.ts';
import { buildModes } from '../../../src/schedule/build-search/build-modes.ts';
import {
  improveByJustification,
  serialSchedule,
} from '../../../src/schedule/build-search/serial-schedule.ts';
import { listSchedule } from '../../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../../src/schedule/verify.ts';
import { problemSpecs, specProblem, specRule } from '../../dispatch/problems.ts';
import { anyModes, anyOrder } from './random-lists.ts';
import { slowSerial, type SlowPlace } from './slow-serial.ts';

function placesOf(problem: Problem, schedule: Schedule): readonly SlowPlace[] {
  return schedule.placements
    .map(({ task, builder, mode, makeJobs, chroot, startMs, endMs }) => {
      const chrootBytes = at(problem.builders, builder).ramDiskChroots[chroot] ?? -1;
      return { task, builder, mode, makeJobs, chrootBytes, startMs, endMs };
    })
    .sort((a, b) => a.task - b.task);
}

describe('serialSchedule', () => {
  it('places every task where its slow twin does', () => {
    const property = fc.property(problemSpecs({ maxTasks: 25 }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const order = anyOrder(problem, seededRandom(seed));
      const schedule = serialSchedule(problem, order);
      expect(verifySchedule(problem, schedule)).toEqual([]);
      const expected = [...slowSerial(problem, [...order])].sort((a, b) => a.task - b.task);
      expect(placesOf(problem, schedule)).toEqual(
        expected.map(({ task, builder, mode, makeJobs, chrootBytes, startMs, endMs }) => ({
          ...{ task, builder, mode, makeJobs, chrootBytes, startMs, endMs },
        })),
      );
    });
    fc.assert(property, { seed: 11, numRuns: 100 });
  });

  it('breaks no rule in whatever modes are asked for, and keeps them', () => {
    const property = fc.property(problemSpecs({ maxTasks: 60 }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const random = seededRandom(seed);
      const modes = anyModes(problem, random);
      const table = buildModes(problem);
      const schedule = serialSchedule(problem, anyOrder(problem, random), modes);
      expect(verifySchedule(problem, schedule)).toEqual([]);
      const running = new Set(problem.running.map(({ task }) => task));
      for (const { task, mode, makeJobs, builder } of schedule.placements) {
        const wanted = at(modes, task);
        if (wanted < 0 || running.has(task)) continue;
        expect(mode === 'ram').toBe(table.isRam[wanted] === 1);
        expect(makeJobs).toBe(table.makeJobs[wanted]);
        expect([...at(table.classes, at(table.classOf, wanted)).members]).toContain(builder);
      }
    });
    fc.assert(property, { seed: 12, numRuns: 300 });
  });
});

describe('improveByJustification', () => {
  it('breaks no rule and never makes a list schedule longer', () => {
    let gained = 0;
    const property = fc.property(problemSpecs({ maxTasks: 60 }), (spec) => {
      const problem = specProblem(spec);
      const schedule = listSchedule(problem, specRule(spec));
      const improved = improveByJustification(problem, schedule);
      expect(verifySchedule(problem, improved)).toEqual([]);
      expect(improved.makespanMs).toBeLessThanOrEqual(schedule.makespanMs);
      gained += Number(improved.makespanMs < schedule.makespanMs);
    });
    fc.assert(property, { seed: 13, numRuns: 300 });
    expect(gained).toBeGreaterThan(30);
  });

  it('breaks no rule and never makes a serial schedule longer, whatever its modes', () => {
    const property = fc.property(problemSpecs({ maxTasks: 60 }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const random = seededRandom(seed);
      const schedule = serialSchedule(problem, anyOrder(problem, random), anyModes(problem, random));
      const improved = improveByJustification(problem, schedule);
      expect(verifySchedule(problem, improved)).toEqual([]);
      expect(improved.makespanMs).toBeLessThanOrEqual(schedule.makespanMs);
    });
    fc.assert(property, { seed: 14, numRuns: 300 });
  });
});
