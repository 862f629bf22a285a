import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/dispatch/problem.ts';
import { buildInputs } from '../../src/schedule/bounds/build-input.ts';
import { BOUND_NAMES, BOUNDS, lowerBound } from '../../src/schedule/bounds/lower-bound.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import {
  problemOf,
  problemSpecs,
  ruleOf,
  specProblem,
  specRule,
  type ProblemSpec,
} from '../dispatch/problems.ts';
import { optimalMakespan } from './optimum.ts';

/** Fits the numbers of bytes of real builds: sums far beyond 2^53. */
function inGibibytes(problem: Problem): Problem {
  const scale = 2 ** 30;
  return {
    ...problem,
    builders: problem.builders.map((builder) => ({
      ...builder,
      ramDiskBytes: builder.ramDiskBytes * scale,
      ramDiskChroots: builder.ramDiskChroots.map((size) => size * scale),
      memoryBytes: builder.memoryBytes * scale,
    })),
    ramDiskBytes: problem.ramDiskBytes.map((bytes) => bytes * scale),
    memoryBytes: problem.memoryBytes.map((bytes) => bytes * scale),
  };
}

/** All must share a RAM disk that holds the largest of them. */
function withoutDisk(spec: ProblemSpec): ProblemSpec {
  const room = { ramDiskBytes: 13, ramDiskChroots: [], memoryBytes: Infinity, diskSlots: 0 };
  return { ...spec, builders: spec.builders.map((builder) => ({ ...builder, ...room })), running: [] };
}

/** A list schedule in which nothing is kept off the RAM disk. */
function makespanOf(problem: Problem): number {
  const schedule = listSchedule(problem, ruleOf(problem));
  expect(verifySchedule(problem, schedule)).toEqual([]);
  return schedule.makespanMs;
}

describe('lowerBound', () => {
  it('is never above the optimum, for the whole plan and for each architecture', () => {
    const tiny = problemSpecs({ maxTasks: 4, maxBuilders: 2 });
    const property = fc.property(tiny, (spec) => {
      const problem = specProblem(spec);
      const optimumMs = optimalMakespan(problem);
      const bound = lowerBound(inGibibytes(problem));
      expect(bound.lowerBoundMs).toBeLessThanOrEqual(optimumMs);
      for (const { lowerBoundMs } of bound.perArch)
        expect(lowerBoundMs).toBeLessThanOrEqual(bound.lowerBoundMs);
    });
    fc.assert(property, { seed: 1, numRuns: 150 });
  });

  it('is never above the optimum of five tasks that compete for one builder', () => {
    const crowded = problemSpecs({
      maxTasks: 5,
      maxNeeds: 1,
      archs: ['amd64'],
      maxBuilders: 1,
      maxSlots: 3,
      diskFactors: [1.35, 2],
    });
    let exactCount = 0;
    const property = fc.property(crowded, (spec) => {
      const problem = specProblem(spec);
      const optimumMs = optimalMakespan(problem);
      const { lowerBoundMs } = lowerBound(problem);
      expect(lowerBoundMs).toBeLessThanOrEqual(optimumMs);
      if (lowerBoundMs === optimumMs) exactCount++;
    });
    fc.assert(property, { seed: 2, numRuns: 150 });
    expect(exactCount).toBeGreaterThan(100);
  });

  it.each(BOUND_NAMES)('%s alone is never above the optimum, and is needed', (name) => {
    const crowded = problemSpecs({ maxTasks: 5, maxNeeds: 1, archs: ['amd64'], maxBuilders: 1, maxSlots: 3 });
    let usefulCount = 0;
    const property = fc.property(crowded, fc.boolean(), (spec, hasDisk) => {
      const problem = specProblem(hasDisk ? spec : withoutDisk(spec));
      for (const { whole } of buildInputs(problem, ['amd64'])) {
        const chain = BOUNDS['critical-path'](whole, { lowerMs: 0, upperMs: Infinity });
        const lowerMs = chain?.lowerBoundMs ?? 0;
        const found = name === 'critical-path' ? chain : BOUNDS[name](whole, { lowerMs, upperMs: Infinity });
        if (found === undefined) continue;
        usefulCount++;
        expect(found.lowerBoundMs).toBeLessThanOrEqual(optimalMakespan(problem));
        if (name !== 'critical-path') expect(found.lowerBoundMs).toBeGreaterThan(lowerMs);
      }
    });
    fc.assert(property, { seed: 6, numRuns: 120 });
    expect(usefulCount).toBeGreaterThan(10);
  });

  it('is the optimum on one slot, whatever speed and disk do to floating-point sums', () => {
    const odd = { min: 0.1, max: 4, noNaN: true };
    const property = fc.property(
      problemSpecs({ maxTasks: 60 }),
      fc.double(odd),
      fc.double(odd),
      (spec, speed, extra) => {
        const tasks = spec.tasks.map(({ durationMs }) => ({ durationMs, ramDiskBytes: 1 }));
        for (const ramDiskBytes of [0, 100]) {
          const problem = problemOf(tasks, [{ slots: 1, ramDiskBytes, speed }], 1 + extra);
          expect(lowerBound(problem).lowerBoundMs).toBe(makespanOf(problem));
        }
      },
    );
    fc.assert(property, { seed: 5, numRuns: 60 });
  });

  it('is the same with a schedule, which only tells where no more can be proven', () => {
    let reached = 0;
    const property = fc.property(problemSpecs({ maxTasks: 12 }), (spec) => {
      const problem = specProblem(spec);
      const schedule = listSchedule(problem, ruleOf(problem));
      const bound = lowerBound(problem, schedule);
      expect(bound).toEqual(lowerBound(problem));
      if (bound.lowerBoundMs === schedule.makespanMs) reached++;
    });
    fc.assert(property, { seed: 7, numRuns: 100 });
    expect(reached).toBeGreaterThan(10);
  });

  it('is never above a list schedule', () => {
    const property = fc.property(problemSpecs({ maxTasks: 80 }), (spec) => {
      const problem = specProblem(spec);
      const schedule = listSchedule(problem, specRule(spec));
      expect(lowerBound(problem).lowerBoundMs).toBeLessThanOrEqual(schedule.makespanMs);
      const told = lowerBound(problem, schedule);
      expect(told.lowerBoundMs).toBeLessThanOrEqual(schedule.makespanMs);
      for (const { arch, lowerBoundMs } of told.perArch) {
        const own = schedule.placements.filter(({ task }) => problem.arch[task] === arch);
        expect(lowerBoundMs).toBeLessThanOrEqual(Math.max(...own.map(({ endMs }) => endMs)));
      }
    });
    fc.assert(property, { seed: 3, numRuns: 30 });
  });

  it('is no higher with one need fewer', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, pick) => {
      const victim = pick % spec.tasks.length;
      const tasks = spec.tasks.map((task, id) =>
        id === victim ? { ...task, needs: (task.needs ?? []).slice(1) } : task,
      );
      const before = lowerBound(specProblem(spec)).lowerBoundMs;
      const after = lowerBound(specProblem({ ...spec, tasks })).lowerBoundMs;
      expect(after).toBeLessThanOrEqual(before);
    });
    fc.assert(property, { seed: 4, numRuns: 50 });
  });

  it('is twice as high, but for rounding, when every time is', () => {
    const specs = problemSpecs({
      durationStepMs: 12,
      speeds: [0.5, 1, 1.5],
      diskFactors: [1, 1.25, 2],
      features: ['chroots', 'disk-slots', 'cores', 'releases', 'running'],
    });
    const property = fc.property(specs, (spec) => {
      const problem = specProblem(spec);
      const double = (column: Float64Array): Float64Array => column.map((value) => 2 * value);
      const twice: Problem = {
        ...problem,
        durationMs: double(problem.durationMs),
        releaseMs: double(problem.releaseMs),
        running: problem.running.map((one) => ({ ...one, startMs: 2 * one.startMs, endMs: 2 * one.endMs })),
      };
      const { lowerBoundMs } = lowerBound(problem);
      const doubled = lowerBound(twice).lowerBoundMs;
      expect(doubled).toBeLessThanOrEqual(2 * lowerBoundMs);
      expect(doubled).toBeGreaterThanOrEqual(2 * lowerBoundMs - 2);
    });
    fc.assert(property, { seed: 7, numRuns: 50 });
  });

  it('asks every bound there is', () => {
    expect(BOUND_NAMES.toSorted()).toEqual(Object.keys(BOUNDS).sort());
  });
});
