import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { Problem } from '../../src/dispatch/problem.ts';
import type { Dag } from '../../src/graph/dag.ts';
import { closureWork, depthPriority, levels, pathsPriority } from '../../src/policies/priorities.ts';
import { problemSpecs, specProblem } from '../dispatch/problems.ts';

const problems = problemSpecs({ maxTasks: 90, maxNeeds: 2 }).map(specProblem);

function closureOf({ dag }: Problem, task: number): ReadonlySet<number> {
  const found = new Set([task]);
  for (const one of found) for (const dependent of row(dag.dependents, one)) found.add(dependent);
  return found;
}

/** Every path that leads on from a task, counted one by one. */
function countPaths(dag: Dag, task: number): number {
  return [...row(dag.dependents, task)].reduce((sum, dependent) => sum + countPaths(dag, dependent), 1);
}

function longest(neighbours: (task: number) => readonly number[], task: number): number {
  return Math.max(0, ...neighbours(task).map((next) => longest(neighbours, next) + 1));
}

describe('priorities, against their definitions', () => {
  it('closureWork adds up a task and all that waits for it', () => {
    const property = fc.property(problems, (problem) => {
      const expected = Array.from({ length: problem.taskCount }, (_, task) =>
        [...closureOf(problem, task)].reduce((sum, one) => sum + at(problem.durationMs, one), 0),
      );
      expect([...closureWork(problem.dag, problem.durationMs)]).toEqual(expected);
    });
    fc.assert(property, { seed: 31, numRuns: 80 });
  });

  it('pathsPriority is ten times the number of paths', () => {
    const small = problemSpecs({ maxTasks: 18, maxNeeds: 2 }).map(specProblem);
    const property = fc.property(small, (problem) => {
      const expected = Array.from(
        { length: problem.taskCount },
        (_, task) => 10 * countPaths(problem.dag, task),
      );
      expect([...pathsPriority(problem.dag, () => true)]).toEqual(expected);
    });
    fc.assert(property, { seed: 32, numRuns: 80 });
  });

  it('levels and depth are the longest chains in front and behind', () => {
    const small = problemSpecs({ maxTasks: 18, maxNeeds: 2 }).map(specProblem);
    const property = fc.property(small, (problem) => {
      const { needs, dependents } = problem.dag;
      const tasks = Array.from({ length: problem.taskCount }, (_, task) => task);
      expect([...levels(problem.dag)]).toEqual(
        tasks.map((task) => longest((one) => [...row(needs, one)], task)),
      );
      expect([...depthPriority(problem)]).toEqual(
        tasks.map((task) => longest((one) => [...row(dependents, one)], task) + 1),
      );
    });
    fc.assert(property, { seed: 33, numRuns: 80 });
  });
});
