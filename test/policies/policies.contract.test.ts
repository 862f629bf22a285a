import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { Placement, Problem } from '../../src/dispatch/problem.ts';
import { playThrough } from '../../src/schedule/play-through.ts';
import { POLICIES, POLICY_NAMES } from '../../src/policies/policies.ts';
import { makeFacts, type PolicyFacts } from '../../src/policies/policy-facts.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { problemSpecs, specProblem } from '../dispatch/problems.ts';

const LAYERS = ['distro', 'flock'];

/** Names, layers, build types, cycles and exclusive names by the task's number: nothing that fits the needs. */
function someFacts({ taskCount }: Problem): PolicyFacts {
  const origins = Array.from({ length: taskCount }, (_, task) => ({
    name: `unit${task}`,
    source: `source${task % 17}`,
    layer: LAYERS[task % 3],
    buildType: task % 5 === 0 ? 'rt' : 'std',
  }));
  const cycleGroups = [['source1', 'source2'], ['source5']];
  return makeFacts(origins, { layers: LAYERS, cycleGroups, exclusive: ['source3', 'source4'] });
}

describe.each(POLICY_NAMES)('policy %s', (name) => {
  const policy = POLICIES[name];

  it('makes schedules that keep every limit', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const schedule = playThrough(problem, policy.start(problem, someFacts(problem), seed));
      expect(verifySchedule(problem, schedule)).toEqual([]);
    });
    fc.assert(property, { seed: 11, numRuns: 200 });
  });

  it('gives the same schedule and the same rule each time', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const facts = someFacts(problem);
      expect(playThrough(problem, policy.start(problem, facts, seed))).toEqual(
        playThrough(problem, policy.start(problem, facts, seed)),
      );
      expect(policy.rule(problem, facts, seed)).toEqual(policy.rule(problem, facts, seed));
    });
    fc.assert(property, { seed: 12, numRuns: 30 });
  });

  it('looks at the seed only if it is random', () => {
    const problem = specProblem(at(fc.sample(problemSpecs({ maxTasks: 60 }), { seed: 13, numRuns: 40 }), 39));
    const facts = someFacts(problem);
    const rules = [1, 2, 3].map((seed) => policy.rule(problem, facts, seed).priority.join());
    expect(new Set(rules).size).toBe(name === 'random' ? 3 : 1);
  });

  it('has a rule of one cell a task', () => {
    const property = fc.property(problemSpecs(), (spec) => {
      const problem = specProblem(spec);
      const { priority, mayUseRamDisk, makeJobs } = policy.rule(problem, someFacts(problem), 1);
      expect([priority.length, mayUseRamDisk.length, makeJobs.length]).toEqual(
        Array(3).fill(problem.taskCount),
      );
      expect(priority.every((value) => Number.isFinite(value))).toBe(true);
    });
    fc.assert(property, { seed: 14, numRuns: 50 });
  });

  it('ends, whatever fails, runs over its RAM disk, ends early or late', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      expect(driveRoughly(problem, name, seed)).toBe(problem.taskCount);
    });
    fc.assert(property, { seed: 15, numRuns: 200 });
  });
});

/** @returns how many tasks have ended well, failed or been cancelled */
function driveRoughly(problem: Problem, name: (typeof POLICY_NAMES)[number], seed: number): number {
  const dispatching = POLICIES[name].start(problem, someFacts(problem), seed);
  const random = seededRandom(seed);
  const retried = new Set<number>();
  let running: { readonly placement: Placement; readonly endMs: number }[] = problem.running.map(
    (placement) => ({ placement, endMs: placement.endMs }),
  );
  let nowMs = 0;
  let count = 0;
  while (!dispatching.isDone) {
    for (const { placement } of running.filter(({ endMs }) => endMs <= nowMs)) {
      const { task, mode } = placement;
      const draw = random();
      const mayRetry = !retried.has(task) && mode === 'ram' && hasDisk(problem, task);
      if (draw < 0.1) count += 1 + dispatching.fail(task).length;
      else if (draw < 0.2 && mayRetry) {
        retried.add(task);
        dispatching.retry(task, true);
      } else {
        dispatching.finish(task);
        count++;
      }
    }
    running = running.filter(({ endMs }) => endMs > nowMs);
    const starts = dispatching.start(nowMs);
    for (const placement of starts) {
      if (retried.has(placement.task)) expect(placement.mode).toBe('disk');
      const durationMs = placement.endMs - placement.startMs;
      running.push({ placement, endMs: nowMs + Math.ceil(durationMs * (0.3 + 2 * random())) });
    }
    const nextMs = Math.min(dispatching.nextReleaseMs(nowMs), ...running.map(({ endMs }) => endMs));
    if (nextMs === Infinity) break;
    nowMs = nextMs;
  }
  return count;
}

function hasDisk(problem: Problem, task: number): boolean {
  return problem.builders.some(
    ({ arch, diskSlots, memoryBytes }) =>
      arch === problem.arch[task] && diskSlots > 0 && memoryBytes >= at(problem.memoryBytes, task),
  );
}
