import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import type { Dispatching } from '../../src/dispatch/dispatching.ts';
import type { Problem, Schedule } from '../../src/dispatch/problem.ts';
import { POLICIES, POLICY_NAMES } from '../../src/policies/policies.ts';
import { makeFacts, NO_FACTS } from '../../src/policies/policy-facts.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { measureRun } from '../../src/simulate/measure-run.ts';
import { drawScenario, type Noise } from '../../src/simulate/scenario.ts';
import { simulateRun, type Run } from '../../src/simulate/simulate-run.ts';
import { StaticOrder } from '../../src/simulate/static-order.ts';
import { problemSpecs, specProblem, specRule, type ProblemSpec } from '../dispatch/problems.ts';
import { slowHeadOfLine, slowOverfill } from './slow-measure.ts';

const QUIET: Noise = { jitter: 0, sizeJitter: 0, failRate: 0, seed: 1 };

/** Everything that can be simulated, by name. */
const starters: readonly (readonly [string, (problem: Problem, spec: ProblemSpec) => Dispatching])[] = [
  ['plan', (problem, spec) => new Dispatcher(problem, specRule(spec))],
  ['static', (problem, spec) => new StaticOrder(problem, listSchedule(problem, specRule(spec)))],
  ...POLICY_NAMES.map(
    (name) => [name, (problem: Problem) => POLICIES[name].start(problem, factsOf(problem), 1)] as const,
  ),
];

function factsOf({ taskCount }: Problem): ReturnType<typeof makeFacts> {
  const origins = Array.from({ length: taskCount }, (_, task) => ({
    name: `unit${task}`,
    source: `source${task}`,
  }));
  return makeFacts(origins, NO_FACTS);
}

function scheduleOf({ attempts, makespanMs }: Run): Schedule {
  const placements = attempts.map(({ task, builder, slot, mode, makeJobs, chroot, startMs, endMs }) => {
    return { task, builder, slot, mode, makeJobs, chroot, startMs, endMs };
  });
  return { placements: placements.sort((a, b) => a.startMs - b.startMs || a.task - b.task), makespanMs };
}

/** All that waits for a task, directly or not; what runs already waits for nothing. */
function dependentsOf({ dag, running }: Problem, task: number): ReadonlySet<number> {
  const found = new Set<number>();
  const stack = [task];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    for (const dependent of row(dag.dependents, next)) {
      if (found.has(dependent) || running.some((placement) => placement.task === dependent)) continue;
      stack.push(dependent);
      found.add(dependent);
    }
  }
  return found;
}

describe('without noise', () => {
  it("the dispatcher's run is its own list schedule", () => {
    const property = fc.property(problemSpecs(), (spec) => {
      const problem = specProblem(spec);
      const schedule = listSchedule(problem, specRule(spec));
      const policy = new Dispatcher(problem, specRule(spec));
      const run = simulateRun(problem, drawScenario(problem, QUIET, 0), policy, 0);
      expect(scheduleOf(run)).toEqual(schedule);
    });
    fc.assert(property, { seed: 31, numRuns: 300 });
  });
});

describe.each(starters)('a run of %s', (_name, start) => {
  it('keeps every limit with the durations that came true', () => {
    const property = fc.property(problemSpecs({ maxTasks: 25 }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const scenario = drawScenario(problem, { ...QUIET, jitter: 0.7, seed }, 0);
      const run = simulateRun(problem, scenario, start(problem, spec), 0);
      expect(verifySchedule(scenario.real, scheduleOf(run))).toEqual([]);
      expect([run.failed, run.blocked]).toEqual([[], []]);
      expect(measureRun(problem, run).headOfLineMs).toBe(slowHeadOfLine(problem, run.attempts));
    });
    fc.assert(property, { seed: 32, numRuns: 60 });
  });

  it('blocks exactly what needs a build that was given up, after its retries', () => {
    let failedCount = 0;
    let blockedCount = 0;
    const property = fc.property(
      problemSpecs({ maxTasks: 25 }),
      fc.nat(),
      fc.nat({ max: 2 }),
      (spec, seed, retries) => {
        const problem = specProblem(spec);
        const scenario = drawScenario(problem, { ...QUIET, jitter: 0.3, failRate: 0.3, seed }, 0);
        const { attempts, failed, blocked } = simulateRun(problem, scenario, start(problem, spec), retries);
        const lost = new Set(failed.flatMap((task) => [...dependentsOf(problem, task)]));
        expect(new Set(blocked)).toEqual(lost);
        expect(failed.filter((task) => lost.has(task))).toEqual([]);
        for (let task = 0; task < problem.taskCount; task++) {
          const outcomes = attempts.filter((attempt) => attempt.task === task).map(({ outcome }) => outcome);
          const failures = outcomes.filter((outcome) => outcome === 'failed').length;
          expect(outcomes.at(-1)).toBe(
            lost.has(task) ? undefined : failed.includes(task) ? 'failed' : 'finished',
          );
          expect(outcomes.length).toBe(
            lost.has(task) ? 0 : failed.includes(task) ? retries + 1 : failures + 1,
          );
          expect(failures).toBeLessThanOrEqual(retries + 1);
        }
        failedCount += failed.length;
        blockedCount += blocked.length;
      },
    );
    fc.assert(property, { seed: 33, numRuns: 60 });
    expect(failedCount).toBeGreaterThan(50);
    expect(blockedCount).toBeGreaterThan(50);
  });

  it('never lays more on a RAM disk than fits, and builds what is killed again on disk', () => {
    let overruns = 0;
    const property = fc.property(problemSpecs({ maxTasks: 25 }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const scenario = drawScenario(problem, { ...QUIET, jitter: 0.3, sizeJitter: 0.7, seed }, 0);
      const { attempts } = simulateRun(problem, scenario, start(problem, spec), 0);
      expect(slowOverfill(problem, scenario.real, attempts)).toBeLessThanOrEqual(0);
      for (let task = 0; task < problem.taskCount; task++) {
        const own = attempts.filter((attempt) => attempt.task === task);
        const killed = own.findIndex(({ outcome }) => outcome === 'overrun');
        if (killed < 0) continue;
        expect(own.slice(killed + 1).map(({ mode }) => mode)).toEqual(['disk']);
        expect(at(own, killed).startMs).toBeLessThan(at(own, killed).endMs);
        overruns++;
      }
    });
    fc.assert(property, { seed: 34, numRuns: 60 });
    expect(overruns).toBeGreaterThan(5);
  });

  it('meets the same builds in the same run whatever else happens', () => {
    const property = fc.property(problemSpecs({ maxTasks: 25 }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const noise = { ...QUIET, jitter: 0.5, sizeJitter: 0.5, failRate: 0.2, seed };
      const play = (): Run => simulateRun(problem, drawScenario(problem, noise, 3), start(problem, spec), 1);
      expect(play()).toEqual(play());
    });
    fc.assert(property, { seed: 35, numRuns: 20 });
  });
});
