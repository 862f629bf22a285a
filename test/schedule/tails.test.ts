import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { Problem } from '../../src/dispatch/problem.ts';
import { heads, shortestDurations, tails } from '../../src/schedule/tails.ts';
import { problemOf, problemSpecs, specProblem } from '../dispatch/problems.ts';

describe('tails and heads', () => {
  const longestFrom = (problem: Problem, task: number): number =>
    at(problem.durationMs, task) +
    Math.max(0, ...[...row(problem.dag.dependents, task)].map((next) => longestFrom(problem, next)));
  const longestBefore = (problem: Problem, task: number): number =>
    Math.max(
      0,
      ...[...row(problem.dag.needs, task)].map(
        (need) => at(problem.durationMs, need) + longestBefore(problem, need),
      ),
    );

  it('are the longest chains, as followed one by one', () => {
    const property = fc.property(problemSpecs({ maxTasks: 15 }), (spec) => {
      const problem = specProblem(spec);
      const ids = [...problem.durationMs.keys()];
      expect([...tails(problem.dag, problem.durationMs)]).toEqual(
        ids.map((task) => longestFrom(problem, task)),
      );
      expect([...heads(problem.dag, problem.durationMs)]).toEqual(
        ids.map((task) => longestBefore(problem, task)),
      );
    });
    fc.assert(property, { seed: 1, numRuns: 100 });
  });
});

describe('shortestDurations', () => {
  it('takes the fastest builder of the architecture on which the mode fits', () => {
    const tasks = [
      { durationMs: 12, ramDiskBytes: 1 },
      { durationMs: 12, ramDiskBytes: 8 },
      { durationMs: 12, ramDiskBytes: 99 },
      { durationMs: 12, arch: 'arm64' },
      { durationMs: 12, memoryBytes: 99 },
    ];
    const builders = [
      { ramDiskBytes: 10, speed: 2, memoryBytes: 50 },
      { ramDiskBytes: 4, speed: 3, memoryBytes: 50 },
      { arch: 'arm64', speed: 6 },
    ];
    expect([...shortestDurations(problemOf(tasks, builders, 2))]).toEqual([4, 6, 8, 2, 0]);
  });

  it('gives a task the most make jobs, and takes what is left of one that runs', () => {
    const tasks = [
      { durationMs: 12, parallelFraction: 1 },
      { durationMs: 12, parallelFraction: 0.5 },
      { durationMs: 12, parallelFraction: 1 },
    ];
    const place = { builder: 0, slot: 0, mode: 'ram', makeJobs: 1, chroot: -1 } as const;
    const running = [{ task: 2, ...place, startMs: -7, endMs: 5 }];
    const problem = problemOf(tasks, [{ makeJobs: [1, 3] }], 2, { running });
    expect([...shortestDurations(problem)]).toEqual([4, 8, 5]);
  });
});
