import { Bench } from 'tinybench';
import type { BenchCase } from '../suites/suite.ts';
import type { CaseResult } from './results-schema.ts';

/** How long a case is timed. */
export interface TimeBudget {
  /** A case that takes longer is slow: it gets no warm-up beside its first run, and few runs. */
  readonly slowMs: number;
  readonly timeMs: number;
  readonly warmupMs: number;
  readonly runs: number;
  readonly slowRuns: number;
}

export const FULL: TimeBudget = { slowMs: 250, timeMs: 250, warmupMs: 80, runs: 8, slowRuns: 3 };
export const QUICK: TimeBudget = { slowMs: 50, timeMs: 50, warmupMs: 20, runs: 4, slowRuns: 2 };

/** From here on a case runs twice more, so that the whole suite takes minutes. */
const VERY_SLOW_MS = 2000;

/** Times one case by the wall clock; its first run only tells how slow it is. Failures of the case are thrown. */
export async function timeCase(
  own: BenchCase,
  budget: TimeBudget,
): Promise<Omit<CaseResult, 'suite' | 'case' | 'size' | 'peer'>> {
  const run = await own.prepare();
  const began = performance.now();
  const first = run();
  const isAsync = first instanceof Promise;
  if (isAsync) await first;
  const firstMs = performance.now() - began;
  const isSlow = firstMs > budget.slowMs;
  const slowRuns = firstMs > VERY_SLOW_MS ? 2 : budget.slowRuns;
  const bench = new Bench({
    throws: true,
    time: isSlow ? 0 : budget.timeMs,
    iterations: isSlow ? slowRuns : budget.runs,
    warmup: !isSlow,
    warmupTime: budget.warmupMs,
    warmupIterations: 1,
  });
  const task = isAsync
    ? async (): Promise<void> => {
        await run();
      }
    : (): void => {
        run();
      };
  bench.add(own.name, task, { async: isAsync });
  await bench.run();
  const { result } = bench.tasks[0] ?? {};
  if (result === undefined || !('latency' in result)) throw new Error(`BUG: ${own.name} was not timed`);
  const { latency } = result;
  return {
    samples: latency.samplesCount,
    medianMs: rounded(latency.p50),
    minMs: rounded(latency.min),
    maxMs: rounded(latency.max),
    madMs: rounded(latency.mad),
  };
}

/** To nanoseconds. */
function rounded(ms: number): number {
  return Math.round(ms * 1e6) / 1e6;
}
