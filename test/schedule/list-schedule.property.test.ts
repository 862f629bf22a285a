import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { Placement, Problem, Schedule } from '../../src/dispatch/problem.ts';
import { criticalChain } from '../../src/schedule/critical-chain.ts';
import { dispatchRule } from '../../src/schedule/dispatch-rule.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { shortestDurations, tails } from '../../src/schedule/tails.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { problemOf, problemSpecs, specProblem, specRule, type ProblemSpec } from '../dispatch/problems.ts';

function byTails(problem: Problem): Schedule {
  return listSchedule(problem, dispatchRule(problem, tails(problem.dag, shortestDurations(problem))));
}

/** The same tasks under other numbers; `order[new] = old`. */
function relabel(spec: ProblemSpec, order: readonly number[]): ProblemSpec {
  const newOf = new Map(order.map((old, label) => [old, label]));
  const relabelled = spec.running.map((placement) => ({
    ...placement,
    task: newOf.get(placement.task) ?? -1,
  }));
  return {
    ...spec,
    running: relabelled.sort((a, b) => a.task - b.task),
    wishes: order.map((old) => at(spec.wishes, old)),
    isUser: order.map((old) => at(spec.isUser, old)),
    tasks: order.map((old) => {
      const task = at(spec.tasks, old);
      return { ...task, needs: (task.needs ?? []).map((need) => newOf.get(need) ?? 0) };
    }),
  };
}

function twiceAsLong(placement: Placement): Placement {
  return { ...placement, startMs: 2 * placement.startMs, endMs: 2 * placement.endMs };
}

function shuffled(length: number, seed: number): readonly number[] {
  const random = seededRandom(seed);
  const keys = Array.from({ length }, () => random());
  return [...keys.keys()].sort((a, b) => at(keys, a) - at(keys, b));
}

describe('listSchedule', () => {
  it('breaks no rule', () => {
    const property = fc.property(problemSpecs({ maxTasks: 100 }), (spec) => {
      const problem = specProblem(spec);
      expect(verifySchedule(problem, byTails(problem))).toEqual([]);
      expect(verifySchedule(problem, listSchedule(problem, specRule(spec)))).toEqual([]);
    });
    fc.assert(property, { seed: 1, numRuns: 300 });
  });

  it('gives the same plan however the tasks are numbered, when no priorities tie', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const priorities = shuffled(spec.tasks.length, seed + 1);
      const order = shuffled(spec.tasks.length, seed);
      const own = { ...spec, priorities };
      const others = relabel({ ...spec, priorities: order.map((old) => at(priorities, old)) }, order);
      const plan = listSchedule(specProblem(own), specRule(own));
      const other = listSchedule(specProblem(others), specRule(others));
      const renamed = other.placements.map((placement) => ({
        ...placement,
        task: at(order, placement.task),
      }));
      expect(renamed.sort((a, b) => a.startMs - b.startMs || a.task - b.task)).toEqual(plan.placements);
    });
    fc.assert(property, { seed: 2, numRuns: 200 });
  });

  it('takes twice as long when every task does', () => {
    // Multiples of 12 stay whole when divided by speed 1.5 or multiplied by 1.25.
    const specs = problemSpecs({
      durationStepMs: 12,
      speeds: [0.5, 1, 1.5],
      diskFactors: [1, 1.25, 2],
      features: ['chroots', 'disk-slots', 'cores', 'releases', 'running'],
    });
    const property = fc.property(specs, (spec) => {
      const problem = specProblem(spec);
      const twice: Problem = {
        ...problem,
        durationMs: problem.durationMs.map((durationMs) => 2 * durationMs),
        releaseMs: problem.releaseMs.map((releaseMs) => 2 * releaseMs),
        running: problem.running.map(twiceAsLong),
      };
      const { placements } = byTails(problem);
      expect(byTails(twice).placements).toEqual(placements.map(twiceAsLong));
    });
    fc.assert(property, { seed: 3, numRuns: 200 });
  });

  it('takes the sum of all durations on one slot with RAM for everything', () => {
    const property = fc.property(problemSpecs({ archs: ['amd64'], features: [] }), (spec) => {
      const problem = problemOf(spec.tasks, [{ slots: 1, ramDiskBytes: 100 }]);
      const totalMs = problem.durationMs.reduce((sum, durationMs) => sum + durationMs, 0);
      expect(byTails(problem).makespanMs).toBe(totalMs);
    });
    fc.assert(property, { seed: 4, numRuns: 100 });
  });

  it('refuses a task that no builder can run', () => {
    const problem = problemOf([{ durationMs: 1, memoryBytes: 2 }], [{ memoryBytes: 1 }]);
    expect(() => byTails(problem)).toThrow('BUG: tasks are left that no builder can run');
  });

  it('has nothing to do for no tasks', () => {
    expect(byTails(problemOf([]))).toEqual({ placements: [], makespanMs: 0 });
  });
});

describe('criticalChain of a list schedule', () => {
  it('leads without a gap from the plan start to its end', () => {
    const property = fc.property(problemSpecs({ maxTasks: 80 }), (spec) => {
      const problem = specProblem(spec);
      const schedule = byTails(problem);
      const placementOf = new Map(schedule.placements.map((placement) => [placement.task, placement]));
      const links = criticalChain(problem, schedule);
      const isRunning = new Set(problem.running.map(({ task }) => task));
      let clockMs = 0;
      links.forEach(({ task, waitedFor }, index) => {
        const placement = placementOf.get(task);
        if (index === 0) expect(['start', 'release']).toContain(waitedFor);
        else expect(placement?.startMs).toBe(clockMs);
        if (waitedFor === 'release') expect(placement?.startMs).toBe(problem.releaseMs[task]);
        if (waitedFor === 'start' && !isRunning.has(task)) expect(placement?.startMs).toBe(0);
        clockMs = placement?.endMs ?? -1;
      });
      expect(clockMs).toBe(schedule.makespanMs);
    });
    fc.assert(property, { seed: 5, numRuns: 200 });
  });
});
