import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row, rowCount, type Csr } from '../../src/base/csr.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import type { Ended } from '../../src/dispatch/dispatching.ts';
import type { Placement, Problem } from '../../src/dispatch/problem.ts';
import { toDag } from '../../src/graph/dag.ts';
import { transitiveReduction } from '../../src/graph/transitive-reduction.ts';
import { csrOf, reachable } from '../support/needs-graphs.ts';
import { problemSpecs, specProblem, specRule } from './problems.ts';

/** A third of the tasks that don't run has ended, one of ten of these badly, whatever they need. */
function endedOf({ taskCount, running }: Problem, random: Random): Ended {
  const finished: number[] = [];
  const failed: number[] = [];
  for (let task = 0; task < taskCount; task++) {
    const luck = random();
    if (luck > 0.33 || running.some((placement) => placement.task === task)) continue;
    (luck < 0.033 ? failed : finished).push(task);
  }
  return { finished, failed, forDisk: [] };
}

function withNeeds(problem: Problem, needs: Csr | undefined): Problem {
  const dag = needs === undefined ? undefined : toDag(needs);
  if (dag === undefined) throw new Error('BUG: the test made a cycle');
  return { ...problem, dag };
}

function closureOf(needs: Csr): readonly ReadonlySet<number>[] {
  const tasks = Array.from({ length: rowCount(needs) }, (_, task) => task);
  return reachable(
    tasks.length,
    tasks.flatMap((from) => [...row(needs, from)].map((to) => ({ from, to }))),
  );
}

describe('a dispatcher that goes on where some tasks have ended, or run, before what they need', () => {
  it('does by the fewest edges what it does by all, and starts nothing before all that it needs', () => {
    let cancelled = 0;
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const random = seededRandom(seed);
      const problem = specProblem(spec);
      const { needs } = problem.dag;
      const behind = closureOf(needs);
      const all = csrOf(
        problem.taskCount,
        behind.flatMap((row, from) => [...row].map((to) => ({ from, to }))),
      );
      const ended = endedOf(problem, random);
      const [few, many] = [transitiveReduction(needs), all].map(
        (edges) => new Dispatcher(withNeeds(problem, edges), specRule(spec), ended),
      );
      if (few === undefined || many === undefined) throw new Error('BUG: two were made');
      let running: readonly Placement[] = problem.running;
      const states = (dispatcher: Dispatcher): readonly string[] =>
        behind.map((_, task) => dispatcher.state(task));
      for (let nowMs = 0; ;) {
        for (const { task } of running.filter(({ endMs }) => endMs <= nowMs)) {
          if (random() < 0.05) expect(few.fail(task)).toEqual(many.fail(task));
          else for (const dispatcher of [few, many]) dispatcher.finish(task);
        }
        running = running.filter(({ endMs }) => endMs > nowMs);
        expect(states(few)).toEqual(states(many));
        expect(few.isDone).toBe(many.isDone);
        if (few.isDone) break;
        const starts = few.start(nowMs);
        expect(starts).toEqual(many.start(nowMs));
        for (const { task } of starts) {
          const needed = [...at(behind, task)].map((need) => few.state(need));
          expect(needed.filter((state) => state !== 'finished')).toEqual([]);
        }
        running = [...running, ...starts];
        nowMs = Math.min(...running.map(({ endMs }) => endMs), few.nextReleaseMs(nowMs));
      }
      cancelled += states(few).filter((state) => state === 'cancelled').length;
    });
    fc.assert(property, { seed: 6, numRuns: 200 });
    expect(cancelled).toBeGreaterThan(100);
  });
});
