import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/dispatch/problem.ts';
import { BOUND_NAMES, BOUNDS, lowerBound } from '../../src/schedule/bounds/lower-bound.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { problemOf, problemSpecs, specProblem } from '../dispatch/problems.ts';
import { optimalMakespan } from './optimum.ts';

/** Fits the numbers of bytes of real builds: sums far beyond 2^53. */
function inGibibytes(problem: Problem): Problem {
  const scale = 2 ** 30;
  return {
    ...problem,
    builders: problem.builders.map((builder) => ({
      ...builder,
      ramDiskBytes: builder.ramDiskBytes * scale,
      memoryBytes: builder.memoryBytes * scale,
    })),
    ramDiskBytes: problem.ramDiskBytes.map((bytes) => bytes * scale),
    memoryBytes: problem.memoryBytes.map((bytes) => bytes * scale),
  };
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
    fc.assert(property, { seed: 1, numRuns: 300 });
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
    fc.assert(property, { seed: 2, numRuns: 300 });
    expect(exactCount).toBeGreaterThan(100);
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
          expect(lowerBound(problem).lowerBoundMs).toBe(
            listSchedule(problem, new Float64Array(tasks.length)).makespanMs,
          );
        }
      },
    );
    fc.assert(property, { seed: 5, numRuns: 200 });
  });

  it('is never above a list schedule', () => {
    const property = fc.property(problemSpecs({ maxTasks: 80 }), (spec) => {
      const problem = specProblem(spec);
      const { makespanMs } = listSchedule(problem, Float64Array.from(spec.priorities));
      expect(lowerBound(problem).lowerBoundMs).toBeLessThanOrEqual(makespanMs);
    });
    fc.assert(property, { seed: 3, numRuns: 200 });
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
    fc.assert(property, { seed: 4, numRuns: 200 });
  });

  it('asks every bound there is', () => {
    expect(BOUND_NAMES.toSorted()).toEqual(Object.keys(BOUNDS).sort());
  });

  it('is exact where one resource decides alone', () => {
    const six = Array.from({ length: 6 }, () => ({ durationMs: 10, ramDiskBytes: 5, memoryBytes: 1 }));
    const named = (problem: Problem): readonly [number, string] => {
      const { lowerBoundMs, name } = lowerBound(problem);
      expect(listSchedule(problem, new Float64Array(6)).makespanMs).toBe(lowerBoundMs);
      return [lowerBoundMs, name];
    };
    expect(named(problemOf(six, [{ slots: 3, ramDiskBytes: 99 }]))).toEqual([20, 'slots']);
    expect(named(problemOf(six, [{ slots: 6, ramDiskBytes: 0, memoryBytes: 2 }]))).toEqual([60, 'memory']);
    expect(named(problemOf(six, [{ slots: 6, ramDiskBytes: 10 }], 100))).toEqual([30, 'ram-disk']);
    const chain = six.map((task, id) => ({ ...task, needs: id === 0 ? [] : [id - 1] }));
    expect(named(problemOf(chain))).toEqual([60, 'critical-path']);
  });

  it('counts what must come before and after a crowd', () => {
    const crowd = Array.from({ length: 6 }, () => ({ durationMs: 10, needs: [0] }));
    const tasks = [{ durationMs: 7 }, ...crowd, { durationMs: 9, needs: [1, 2, 3, 4, 5, 6] }];
    const { lowerBoundMs, name } = lowerBound(problemOf(tasks, [{ slots: 3, ramDiskBytes: 1 }]));
    expect([lowerBoundMs, name]).toEqual([36, 'head-tail-slots']);
    const thirsty = tasks.map((task) => ({ ...task, ramDiskBytes: 5 }));
    const scarce = lowerBound(problemOf(thirsty, [{ slots: 6, ramDiskBytes: 10 }], 100));
    expect([scarce.lowerBoundMs, scarce.name]).toEqual([46, 'head-tail-ram-disk']);
  });

  it('ends the bound of an architecture with its last task, not with what follows elsewhere', () => {
    const tasks = [
      { durationMs: 10 },
      { durationMs: 5, arch: 'arm64', needs: [0] },
      { durationMs: 1, needs: [1] },
      { durationMs: 100, arch: 'arm64', needs: [2] },
    ];
    const bound = lowerBound(problemOf(tasks, [{}, { arch: 'arm64' }]));
    expect(bound).toEqual({
      lowerBoundMs: 116,
      name: 'critical-path',
      perArch: [
        { arch: 'amd64', lowerBoundMs: 16, name: 'critical-path' },
        { arch: 'arm64', lowerBoundMs: 116, name: 'critical-path' },
      ],
    });
  });
});
