import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import { problemSpecs, specProblem, specRule, type ProblemSpec } from './problems.ts';
import { SlowDispatcher } from './slow-dispatcher.ts';

interface Noise {
  /** Real durations are the expected ones times something between these. */
  readonly shortest: number;
  readonly longest: number;
  /** Share of the tasks that fail; half of them are built once more, half of those on disk alone. */
  readonly failing: number;
  readonly seed: number;
}

/** Drives both dispatchers through the same events and compares every answer. */
function compareThroughout(spec: ProblemSpec, noise: Noise): void {
  const problem = specProblem(spec);
  const rule = specRule(spec);
  const fast = new Dispatcher(problem, rule);
  const slow = new SlowDispatcher(problem, rule);
  const random = seededRandom(noise.seed);
  let running = problem.running.map((placement) => ({ ...placement, realEndMs: placement.endMs }));
  let nowMs = 0;
  for (;;) {
    for (const { task } of running.filter((placement) => placement.realEndMs <= nowMs)) {
      const luck = random();
      if (luck < noise.failing / 2) {
        fast.retry(task, luck < noise.failing / 4);
        slow.retry(task, luck < noise.failing / 4);
      } else if (luck < noise.failing) expect(fast.fail(task)).toEqual(slow.fail(task));
      else {
        fast.finish(task);
        slow.finish(task);
      }
    }
    running = running.filter((placement) => placement.realEndMs > nowMs);
    if (slow.isDone) break;
    const starts = fast.start(nowMs);
    expect(starts).toEqual(slow.start(nowMs));
    for (const start of starts) {
      const factor = noise.shortest + random() * (noise.longest - noise.shortest);
      running.push({ ...start, realEndMs: nowMs + Math.ceil((start.endMs - start.startMs) * factor) });
    }
    running.sort((a, b) => a.realEndMs - b.realEndMs || a.task - b.task);
    const releaseMs = slow.nextReleaseMs(nowMs);
    expect(fast.nextReleaseMs(nowMs)).toBe(releaseMs);
    nowMs = Math.min(running[0]?.realEndMs ?? Infinity, releaseMs);
    if (nowMs === Infinity) throw new Error('both dispatchers are stuck');
  }
  expect(fast.isDone).toBe(true);
}

const EXACT: Noise = { shortest: 1, longest: 1, failing: 0, seed: 1 };

describe('Dispatcher and its slow twin start the same tasks in the same places', () => {
  it('on any builders, when tasks end as expected', () => {
    const property = fc.property(problemSpecs(), (spec) => {
      compareThroughout(spec, EXACT);
    });
    fc.assert(property, { seed: 1, numRuns: 200 });
  });

  it('on one large builder, where the disk is slow and many tasks wait for RAM', () => {
    const specs = problemSpecs({
      maxTasks: 120,
      archs: ['amd64'],
      maxBuilders: 1,
      maxSlots: 10,
      diskFactors: [3, 10],
    });
    const property = fc.property(specs, (spec) => {
      compareThroughout(spec, EXACT);
    });
    fc.assert(property, { seed: 2, numRuns: 200 });
  });

  it('on builders of very different speed, where many tasks wait for the fast one', () => {
    const specs = problemSpecs({
      maxTasks: 80,
      archs: ['amd64'],
      minBuilders: 2,
      maxSlots: 6,
      speeds: [1, 5],
    });
    const property = fc.property(specs, (spec) => {
      compareThroughout(spec, EXACT);
    });
    fc.assert(property, { seed: 4, numRuns: 200 });
  });

  it('when tasks end early or late and some fail', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      compareThroughout(spec, { shortest: 0.3, longest: 3, failing: 0.05, seed });
    });
    fc.assert(property, { seed: 3, numRuns: 200 });
  });
});
