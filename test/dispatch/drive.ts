import { seededRandom } from '../../src/base/random.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import type { DispatchRule, Placement, Problem } from '../../src/dispatch/problem.ts';

export interface Running extends Placement {
  readonly realEndMs: number;
}

/**
 * Runs everything, with real durations of `shortest` to `longest` times the expected ones, and looks at each round after its starts.
 * @returns how many tasks have run
 */
export function drive(
  problem: Problem,
  rule: DispatchRule,
  { seed, shortest, longest }: { readonly seed: number; readonly shortest: number; readonly longest: number },
  inspect: (dispatcher: Dispatcher, running: readonly Running[], nowMs: number) => void,
): number {
  const dispatcher = new Dispatcher(problem, rule);
  const random = seededRandom(seed);
  let running: readonly Running[] = problem.running.map((one) => ({ ...one, realEndMs: one.endMs }));
  let startCount = running.length;
  let nowMs = 0;
  for (;;) {
    for (const { task, realEndMs } of running) if (realEndMs <= nowMs) dispatcher.finish(task);
    running = running.filter((placement) => placement.realEndMs > nowMs);
    if (dispatcher.isDone) return startCount;
    const starts = dispatcher.start(nowMs);
    startCount += starts.length;
    const realEnds = starts.map((start) => {
      const factor = shortest + (longest - shortest) * random();
      return { ...start, realEndMs: nowMs + Math.ceil((start.endMs - start.startMs) * factor) };
    });
    running = [...running, ...realEnds];
    inspect(dispatcher, running, nowMs);
    nowMs = Math.min(...running.map(({ realEndMs }) => realEndMs), dispatcher.nextReleaseMs(nowMs));
  }
}
