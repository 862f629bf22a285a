import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import type { Problem } from '../../src/dispatch/problem.ts';
import { ramDiskBound } from '../../src/schedule/bounds/ram-disk.ts';
import { leastWork, weightedCapacity } from '../../src/schedule/bounds/work.ts';
import { problemOf, problemSpecs } from '../dispatch/problems.ts';

/** Slot time that is left when RAM takes what saves most for each byte × ms, as far as it lasts in this time. */
function slotTimeLeft(problem: Problem, ramDiskBytes: number, timeMs: number): number {
  let byteMs = ramDiskBytes * timeMs;
  let slotMs = 0;
  const tasks = [...problem.durationMs.keys()].sort(
    (a, b) => at(problem.ramDiskBytes, a) - at(problem.ramDiskBytes, b),
  );
  for (const task of tasks) {
    const durationMs = at(problem.durationMs, task);
    const areaByteMs = durationMs * at(problem.ramDiskBytes, task);
    const inRam =
      at(problem.ramDiskBytes, task) > ramDiskBytes
        ? 0
        : Math.min(1, areaByteMs === 0 ? 1 : byteMs / areaByteMs);
    byteMs -= inRam * areaByteMs;
    slotMs += durationMs * (inRam + (1 - inRam) * problem.diskFactor);
  }
  return slotMs;
}

describe('ramDiskBound', () => {
  it('is the least time that a search by halves finds', () => {
    const property = fc.property(
      problemSpecs({ archs: ['amd64'] }),
      fc.integer({ min: 1, max: 6 }),
      (spec, slots) => {
        const problem = problemOf(spec.tasks, [{ slots, ramDiskBytes: 10 }], 3);
        const input = {
          tasks: Int32Array.from(problem.durationMs.keys()),
          capacity: weightedCapacity(problem, 'amd64'),
          work: leastWork(problem),
          durationMs: problem.durationMs,
          headMs: new Float64Array(problem.taskCount),
          afterMs: new Float64Array(problem.taskCount),
          ramDiskBytes: problem.ramDiskBytes,
        };
        let tooShortMs = 0;
        let longEnoughMs = 1e6;
        for (let step = 0; step < 80; step++) {
          const middleMs = (tooShortMs + longEnoughMs) / 2;
          if (slotTimeLeft(problem, 10, middleMs) <= slots * middleMs) longEnoughMs = middleMs;
          else tooShortMs = middleMs;
        }
        expect(ramDiskBound(input)).toBe(Math.ceil(longEnoughMs - 1e-6));
      },
    );
    fc.assert(property, { seed: 1, numRuns: 200 });
  });
});
