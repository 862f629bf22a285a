import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { buildModes } from '../../src/schedule/bounds/build-modes.ts';
import { crowdedRamDisk } from '../../src/schedule/bounds/crowded-ram-disk.ts';
import { dropSmall, roundToMultiples, roundToParts } from '../../src/schedule/bounds/dual-feasible.ts';
import { EnergySweep } from '../../src/schedule/bounds/energy-sweep.ts';
import { sortPositions } from '../../src/schedule/bounds/sort-positions.ts';
import { EXACT_STEPS, modeShares, weighResources } from '../../src/schedule/bounds/weigh-resources.ts';
import type { ModeTable } from '../../src/schedule/bounds/modes.ts';
import { problemOf } from '../dispatch/problems.ts';

const task = fc.record({
  head: fc.nat({ max: 15 }),
  length: fc.nat({ max: 9 }),
  slack: fc.nat({ max: 8 }),
  rate: fc.nat({ max: 3 }),
});

/** What a task takes of a window wherever it is put: the least over all its starts. */
function leastInWindow(
  { head, length, slack }: { readonly head: number; readonly length: number; readonly slack: number },
  from: number,
  until: number,
): number {
  let least = Infinity;
  for (let start = head; start <= head + slack; start++)
    least = Math.min(least, Math.max(0, Math.min(until, start + length) - Math.max(from, start)));
  return least;
}

describe('EnergySweep', () => {
  const tasks = fc.array(task, { minLength: 1, maxLength: 8, size: 'max' });

  it.each([false, true])('gives what must run in each window (elastic: %s)', (isElastic) => {
    let eventCount = 0;
    const property = fc.property(tasks, fc.nat({ max: 20 }), fc.nat({ max: 30 }), (some, from, endMs) => {
      const column = (cell: (one: (typeof some)[number]) => number): Float64Array =>
        Float64Array.from(some, cell);
      const sweep = new EnergySweep(
        column(({ head }) => head),
        column(({ head, length, slack }) => head + length + slack - endMs),
        column(({ length }) => length),
        endMs,
      );
      sweep.sweep(
        from,
        column(({ rate }) => rate),
        isElastic,
      );
      for (let event = 0; event < sweep.eventCount; event++) {
        eventCount++;
        const until = at(sweep.eventMs, event);
        const expected = some.reduce((sum, one) => {
          const end = one.head + one.length + one.slack;
          const left = one.length - Math.max(0, from - one.head) - Math.max(0, end - until);
          return sum + one.rate * (isElastic ? Math.max(0, left) : leastInWindow(one, from, until));
        }, 0);
        expect(at(sweep.eventWork, event)).toBeCloseTo(expected, 9);
      }
    });
    fc.assert(property, { seed: 1, numRuns: 500 });
    expect(eventCount).toBeGreaterThan(1000);
  });
});

describe('dual-feasible functions', () => {
  it('keep what fits together within 1', () => {
    const functions = fc.oneof(
      fc.integer({ min: 1, max: 8 }).map(roundToParts),
      fc.double({ min: 0.01, max: 0.5, noNaN: true }).map(dropSmall),
      fc.double({ min: 0.01, max: 0.5, noNaN: true }).map(roundToMultiples),
    );
    let risenCount = 0;
    const property = fc.property(
      functions,
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.nat({ max: 40 }), { maxLength: 12 }),
      (round, capacity, wanted) => {
        let free = capacity;
        const fitting = wanted.flatMap((demand) => {
          if (demand === 0 || demand > free) return [];
          free -= demand;
          return demand;
        });
        const sum = fitting.reduce((total, demand) => total + round(demand, capacity), 0);
        expect(sum).toBeLessThanOrEqual(1 + 1e-9);
        if (sum > (capacity - free) / capacity + 1e-9) risenCount++;
      },
    );
    fc.assert(property, { seed: 2, numRuns: 3000 });
    expect(risenCount).toBeGreaterThan(200);
  });
});

describe('weighResources', () => {
  it('is the least time that a search over splits finds, for one resource that saves another', () => {
    const builds = fc.array(
      fc.record({ length: fc.integer({ min: 1, max: 20 }), bytes: fc.integer({ min: 1, max: 12 }) }),
      { minLength: 1, maxLength: 20, size: 'max' },
    );
    const property = fc.property(builds, fc.integer({ min: 1, max: 6 }), (some, slots) => {
      const modes = some.flatMap(({ length, bytes }) => [
        { ms: length, bytes },
        { ms: 3 * length, bytes: 0 },
      ]);
      const table: ModeTable = {
        offset: Int32Array.from({ length: some.length + 1 }, (_, row) => 2 * row),
        durationMs: Float64Array.from(modes, ({ ms }) => ms),
        resources: [
          { kind: 'slots', capacity: slots, demand: new Float64Array(modes.length).fill(1) },
          { kind: 'ram-disk', capacity: 12, demand: Float64Array.from(modes, ({ bytes }) => bytes) },
        ],
      };
      let tooShortMs = 0;
      let longEnoughMs = 1e6;
      for (let step = 0; step < 80; step++) {
        const middleMs = (tooShortMs + longEnoughMs) / 2;
        if (slotTimeLeft(some, 12 * middleMs) <= slots * middleMs) longEnoughMs = middleMs;
        else tooShortMs = middleMs;
      }
      const rows = Int32Array.from(some.keys());
      const { leastMs, weights } = weighResources(table, modeShares(table), rows, EXACT_STEPS);
      expect(leastMs).toBeCloseTo(longEnoughMs, 6);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    });
    fc.assert(property, { seed: 3, numRuns: 200 });
  });
});

describe('crowdedRamDisk', () => {
  it('holds whatever fits the slots and the RAM disk together', () => {
    const bytes = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 8, max: 20 }));
    const draws = fc.array(bytes, { minLength: 2, maxLength: 30, size: 'max' });
    const slots = fc.integer({ min: 1, max: 6 });
    let fullCount = 0;
    const property = fc.property(
      draws,
      slots,
      fc.integer({ min: 20, max: 50 }),
      (demands, count, ramDiskBytes) => {
        const tasks = demands.map((demand) => ({ durationMs: 5, ramDiskBytes: demand }));
        const problem = problemOf(tasks, [{ slots: count, ramDiskBytes, speed: 2 }]);
        const modes = buildModes(problem, 'amd64');
        const resource = crowdedRamDisk(problem, modes, problem.builders);
        if (resource === undefined) return;
        let free = ramDiskBytes;
        let left = count;
        let used = 0;
        modes.isRam.forEach((isRam, mode) => {
          const taken = at(modes.ramDiskBytes, mode);
          if (isRam === 0 || left === 0 || taken > free) return;
          left--;
          free -= taken;
          used += at(resource.demand, mode);
        });
        expect(used).toBeLessThanOrEqual(resource.capacity);
        if (used === resource.capacity && free > 0) fullCount++;
      },
    );
    fc.assert(property, { seed: 8, numRuns: 1000 });
    expect(fullCount).toBeGreaterThan(20);
  });
});

/** Slot time that is left when RAM takes what saves most for each byte × ms, as far as it lasts. */
function slotTimeLeft(
  builds: readonly { readonly length: number; readonly bytes: number }[],
  byteMs: number,
): number {
  let left = byteMs;
  let slotMs = 0;
  for (const { length, bytes } of builds.toSorted((a, b) => a.bytes - b.bytes)) {
    const inRam = Math.min(1, left / (length * bytes));
    left -= inRam * length * bytes;
    slotMs += length * (inRam + (1 - inRam) * 3);
  }
  return slotMs;
}

describe('sortPositions', () => {
  it('sorts whole, broken and huge numbers alike, ties by position', () => {
    const values = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.maxSafeInteger(),
    );
    const property = fc.property(fc.array(values, { size: 'max', maxLength: 60 }), (some) => {
      const expected = [...some.keys()].sort((a, b) => at(some, a) - at(some, b) || a - b);
      expect([...sortPositions(Float64Array.from(some))]).toEqual(expected);
    });
    fc.assert(property, { seed: 4, numRuns: 300 });
  });
});
