import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import type { Mode, Placement, Problem } from '../../src/dispatch/problem.ts';
import { allUsers, problemSpecs, specProblem, type ProblemSpec } from './problems.ts';

interface Running extends Placement {
  readonly realEndMs: number;
}

/** Runs everything, with real durations of a third to three times the expected ones, and looks at each round. */
function drive(
  spec: ProblemSpec,
  seed: number,
  inspect: (dispatcher: Dispatcher, running: readonly Running[], nowMs: number) => void,
): number {
  const problem = specProblem(spec);
  const dispatcher = new Dispatcher(problem, Float64Array.from(spec.priorities), allUsers(problem));
  const random = seededRandom(seed);
  let running: readonly Running[] = [];
  let startCount = 0;
  let nowMs = 0;
  while (!dispatcher.isDone) {
    const starts = dispatcher.start(nowMs);
    startCount += starts.length;
    const realEnds = starts.map((start) => ({
      ...start,
      realEndMs: nowMs + Math.ceil((start.endMs - start.startMs) * (0.33 + 2.67 * random())),
    }));
    running = [...running, ...realEnds];
    inspect(dispatcher, running, nowMs);
    nowMs = Math.min(...running.map((placement) => placement.realEndMs));
    for (const { task, realEndMs } of running) if (realEndMs === nowMs) dispatcher.finish(task);
    running = running.filter((placement) => placement.realEndMs > nowMs);
  }
  return startCount;
}

interface Room {
  readonly slots: number;
  readonly ramDiskBytes: number;
  readonly memoryBytes: number;
}

function roomBeside(problem: Problem, builder: number, users: readonly Placement[]): Room {
  const here = users.filter((user) => user.builder === builder);
  const { slots, ramDiskBytes, memoryBytes } = at(problem.builders, builder);
  const inRam = here.reduce((sum, user) => sum + footprint(problem, user.task, user.mode), 0);
  const resident = here.reduce((sum, user) => sum + at(problem.memoryBytes, user.task), 0);
  return {
    slots: slots - here.length,
    ramDiskBytes: ramDiskBytes - inRam,
    memoryBytes: memoryBytes - inRam - resident,
  };
}

function footprint(problem: Problem, task: number, mode: Mode): number {
  return mode === 'ram' ? at(problem.ramDiskBytes, task) : 0;
}

describe('Dispatcher, whatever the tasks really take', () => {
  it('never oversubscribes a builder and runs every task once', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const startCount = drive(spec, seed, (_, running) => {
        problem.builders.forEach((_builder, builder) => {
          const room = roomBeside(problem, builder, running);
          expect(Math.min(room.slots, room.ramDiskBytes, room.memoryBytes)).toBeGreaterThanOrEqual(0);
        });
        expect(new Set(running.map(({ builder, slot }) => `${builder}/${slot}`)).size).toBe(running.length);
      });
      expect(startCount).toBe(problem.taskCount);
    });
    fc.assert(property, { seed: 5, numRuns: 300 });
  });

  it('starts nothing that delays the task with the reservation', () => {
    const property = fc.property(problemSpecs({ diskFactors: [3, 10] }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      drive(spec, seed, (dispatcher, running, nowMs) => {
        for (const { builder, startMs, ramDiskBytes, memoryBytes } of dispatcher.reservations()) {
          const thenStill = running.filter((other) => Math.max(nowMs, other.endMs) > startMs);
          const room = roomBeside(problem, builder, thenStill);
          expect(room.slots).toBeGreaterThanOrEqual(1);
          expect(room.ramDiskBytes).toBeGreaterThanOrEqual(ramDiskBytes);
          expect(room.memoryBytes).toBeGreaterThanOrEqual(memoryBytes);
        }
      });
    });
    fc.assert(property, { seed: 6, numRuns: 300 });
  });

  it('holds nothing back that fits into RAM now and delays no reservation', () => {
    // On one builder, RAM now is always what ends first.
    const specs = problemSpecs({ archs: ['amd64'], maxBuilders: 1, maxSlots: 8, maxNeeds: 1 });
    const property = fc.property(specs, fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      drive(spec, seed, (dispatcher, running, nowMs) => {
        const reserved = dispatcher.reservations()[0];
        const thenStill = running.filter((other) => Math.max(nowMs, other.endMs) > (reserved?.startMs ?? 0));
        const room = roomBeside(problem, 0, running);
        const roomThen = roomBeside(problem, 0, thenStill);
        const { ramDiskBytes: capacity, speed } = at(problem.builders, 0);
        for (let task = 0; task < problem.taskCount; task++) {
          if (dispatcher.state(task) !== 'ready' || capacity === 0 || room.slots === 0) continue;
          const footprintBytes = footprint(problem, task, 'ram');
          const memoryBytes = footprintBytes + at(problem.memoryBytes, task);
          if (footprintBytes > room.ramDiskBytes || memoryBytes > room.memoryBytes) continue;
          const endMs = nowMs + Math.ceil(at(problem.durationMs, task) / speed);
          if (reserved === undefined) throw new Error(`task ${task} could start`);
          expect(endMs).toBeGreaterThan(reserved.startMs);
          const isInTheWay =
            footprintBytes > roomThen.ramDiskBytes - reserved.ramDiskBytes ||
            memoryBytes > roomThen.memoryBytes - reserved.memoryBytes;
          expect(isInTheWay).toBe(true);
        }
      });
    });
    fc.assert(property, { seed: 7, numRuns: 300 });
  });
});
