import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drive } from './drive.ts';
import { problemSpecs, ruleOf, specProblem, specRule } from './problems.ts';
import { hasRoomFor, isWithinLimits, roomBeside } from './room.ts';

const NOISE = { shortest: 0.33, longest: 3 };

describe('Dispatcher, whatever the tasks really take', () => {
  it('never oversubscribes a builder and runs every task once', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const startCount = drive(problem, specRule(spec), { seed, ...NOISE }, (_, running) => {
        for (const builder of problem.builders.keys())
          expect(isWithinLimits(roomBeside(problem, builder, running))).toBe(true);
        expect(new Set(running.map(({ builder, slot }) => `${builder}/${slot}`)).size).toBe(running.length);
        const inChroots = running.filter(({ chroot }) => chroot >= 0);
        const chroots = new Set(inChroots.map(({ builder, chroot }) => `${builder}/${chroot}`));
        expect(chroots.size).toBe(inChroots.length);
      });
      expect(startCount).toBe(problem.taskCount);
    });
    fc.assert(property, { seed: 5, numRuns: 200 });
  });

  it('starts nothing that delays the task with the reservation', () => {
    let reservedCount = 0;
    const property = fc.property(problemSpecs({ diskFactors: [3, 10] }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const rule = ruleOf(problem, spec.priorities);
      drive(problem, rule, { seed, ...NOISE }, (dispatcher, running, nowMs) => {
        for (const reserved of dispatcher.reservations()) {
          const { startMs, builder, chroot } = reserved;
          const thenStill = running.filter((other) => Math.max(nowMs, other.endMs) > startMs);
          const room = roomBeside(problem, builder, thenStill);
          expect(hasRoomFor(problem, room, reserved)).toBe(true);
          if (chroot >= 0) expect(room.chroots).toContain(chroot);
          reservedCount++;
        }
      });
    });
    fc.assert(property, { seed: 6, numRuns: 200 });
    expect(reservedCount).toBeGreaterThan(1000);
  });
});
