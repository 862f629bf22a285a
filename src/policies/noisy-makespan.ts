import { float64At } from '../base/cells.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import { Heap } from '../base/heap.ts';
import { seededRandom } from '../base/random.ts';
import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { DispatchRule, Problem } from '../dispatch/problem.ts';

/** Standard deviation of the logarithms of real over expected durations. */
const SIGMA = 0.3;

interface Running {
  readonly task: number;
  readonly endMs: number;
}

/**
 * How long the builds take on average when the dispatcher goes by the rule and durations are not what it expects: lognormal
 * noise of median 1. The same seed gives the same noise, whatever the rule: differences between rules are their own.
 * @param scenarios ≥ 1
 */
export function noisyMakespan(problem: Problem, rule: DispatchRule, scenarios: number, seed: number): number {
  const random = seededRandom(seed);
  const factor = new Float64Array(problem.taskCount);
  let sumMs = 0;
  for (let scenario = 0; scenario < scenarios; scenario++) {
    for (let task = 0; task < factor.length; task++) {
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      factor[task] = Math.exp(SIGMA * normal);
    }
    sumMs += makespanWith(problem, rule, factor);
  }
  return sumMs / scenarios;
}

function makespanWith(problem: Problem, rule: DispatchRule, factor: Float64Array): number {
  const dispatcher = new Dispatcher(problem, rule);
  const running = new Heap<Running>((a, b) =>
    firstDifference(compareNumber(a.endMs, b.endMs), compareNumber(a.task, b.task)),
  );
  for (const { task, endMs } of problem.running) running.push({ task, endMs });
  let nowMs = 0;
  let makespanMs = 0;
  for (;;) {
    for (let next = running.peek(); next !== undefined && next.endMs <= nowMs; next = running.peek()) {
      running.pop();
      makespanMs = Math.max(makespanMs, next.endMs);
      dispatcher.finish(next.task);
    }
    if (dispatcher.isDone) return makespanMs;
    for (const { task, startMs, endMs } of dispatcher.start(nowMs))
      running.push({ task, endMs: nowMs + Math.ceil((endMs - startMs) * float64At(factor, task)) });
    nowMs = Math.min(running.peek()?.endMs ?? Infinity, dispatcher.nextReleaseMs(nowMs));
    if (nowMs === Infinity) throw new Error('BUG: tasks are left that no builder can run');
  }
}
