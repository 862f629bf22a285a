import { Bench, type Statistics } from 'tinybench';
import type { BenchCase, Run } from '../suites/suite.ts';
import type { CaseResult } from './results-schema.ts';

/** How long a case is timed. */
export interface TimeBudget {
  /** A case that takes longer is slow: it gets no warm-up beside its first run, and few runs. */
  readonly slowMs: number;
  /** Of all groups together. */
  readonly timeMs: number;
  readonly warmupMs: number;
  /** Groups of a case that is not slow, at least. */
  readonly groups: number;
  /** Runs of a slow case; each is a group. */
  readonly slowRuns: number;
}

export const FULL: TimeBudget = { slowMs: 250, timeMs: 250, warmupMs: 80, groups: 5, slowRuns: 3 };
export const QUICK: TimeBudget = { slowMs: 50, timeMs: 50, warmupMs: 20, groups: 3, slowRuns: 2 };

/** Groups at most, each as long as the others: what a machine does meanwhile shows in how they differ. */
const MOST_GROUPS = 10;
/** From here on the first run counts: what is compiled during it is a small part, and it is dear. */
const VERY_SLOW_MS = 1000;
/** A case with runs as long as this gets the first one and one more, so that the whole suite takes minutes. */
const SLOWEST_MS = 6000;

type Timed = Omit<CaseResult, 'suite' | 'case' | 'size' | 'peer'>;

/** Times one case by the wall clock, in groups one after the other. Failures of the case are thrown. */
export async function timeCase(own: BenchCase, budget: TimeBudget): Promise<Timed> {
  const run = await own.prepare();
  const began = performance.now();
  const first = run();
  const isAsync = first instanceof Promise;
  if (isAsync) await first;
  const firstMs = performance.now() - began;
  const isSlow = firstMs > budget.slowMs;
  const isVerySlow = firstMs > VERY_SLOW_MS;
  const least = firstMs > SLOWEST_MS ? 2 : isSlow ? budget.slowRuns : budget.groups;
  const groups: Group[] = isVerySlow ? [alone(firstMs)] : [];
  const timeMs = budget.timeMs / MOST_GROUPS;
  const timingBegan = performance.now();
  while (
    groups.length < least ||
    (!isSlow && groups.length < MOST_GROUPS && performance.now() - timingBegan < budget.timeMs)
  ) {
    const warmupMs = !isSlow && groups.length === 0 ? budget.warmupMs : 0;
    groups.push(await timeGroup(run, isAsync, isSlow ? 0 : timeMs, warmupMs));
  }
  return summary(groups);
}

type Group = Pick<Statistics, 'p50' | 'min' | 'max' | 'samplesCount'>;

function alone(ms: number): Group {
  return { p50: ms, min: ms, max: ms, samplesCount: 1 };
}

/** @param timeMs runs begin until it is over, one at least */
async function timeGroup(run: Run, isAsync: boolean, timeMs: number, warmupMs: number): Promise<Group> {
  const bench = new Bench({
    ...{ throws: true, time: timeMs, iterations: 1 },
    ...{ warmup: warmupMs > 0, warmupTime: warmupMs, warmupIterations: 1 },
  });
  const task = isAsync
    ? async (): Promise<void> => {
        await run();
      }
    : (): void => {
        run();
      };
  bench.add('case', task, { async: isAsync });
  await bench.run();
  const { result } = bench.tasks[0] ?? {};
  if (result === undefined || !('latency' in result)) throw new Error('BUG: a case was not timed');
  return result.latency;
}

function summary(groups: readonly Group[]): Timed {
  const groupsMs = groups.map(({ p50 }) => rounded(p50));
  return {
    samples: groups.reduce((sum, { samplesCount }) => sum + samplesCount, 0),
    medianMs: rounded(medianOf(groupsMs)),
    minMs: rounded(Math.min(...groups.map(({ min }) => min))),
    maxMs: rounded(Math.max(...groups.map(({ max }) => max))),
    groupsMs,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = NaN, high = low] = sorted.slice((sorted.length - 1) >> 1);
  return sorted.length % 2 === 1 ? low : (low + high) / 2;
}

/** To nanoseconds. */
function rounded(ms: number): number {
  return Math.round(ms * 1e6) / 1e6;
}
