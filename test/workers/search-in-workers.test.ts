import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { searchBuilds } from '../../src/schedule/build-search/search-builds.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { searchInWorkers } from '../../src/workers/search-in-workers.ts';
import { requireBuild } from '../cli/run-cli.ts';
import { problemOf, ruleOf } from '../dispatch/problems.ts';

const Result = z.looseObject({
  schedule: z.looseObject({ makespanMs: z.number() }),
  schedulesUsed: z.number(),
  isOptimal: z.boolean(),
});
const Output = z.object({
  here: Result,
  hereStopped: Result,
  threads: z.array(z.object({ isInterrupted: z.boolean(), full: Result, stopped: Result })),
  interrupted: Result.extend({ isInterrupted: z.boolean() }),
  violations: z.array(z.unknown()),
  initialMs: z.number(),
});

/** What the built program finds: from TypeScript no thread can be started. */
function searchInThreads(): z.infer<typeof Output> {
  const script = join(import.meta.dirname, 'search-in-threads.mjs');
  const dist = join(dirname(requireBuild()), '..');
  const { stdout, stderr } = spawnSync(process.execPath, [script, dist], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return Output.parse(JSON.parse(stdout));
}

describe('searchInWorkers', () => {
  it('finds the same in 1, 2 and 8 threads as in none, also where a bound ends it, and the best so far when interrupted', () => {
    const { here, hereStopped, threads, interrupted, violations, initialMs } = searchInThreads();
    expect(here.schedulesUsed).toBeGreaterThan(6900);
    expect(hereStopped.isOptimal).toBe(true);
    expect(hereStopped.schedulesUsed).toBeLessThan(here.schedulesUsed);
    expect(threads).toHaveLength(3);
    for (const { isInterrupted, full, stopped } of threads) {
      expect(isInterrupted).toBe(false);
      expect(full).toEqual(here);
      expect(stopped).toEqual(hereStopped);
    }
    expect(interrupted.isInterrupted).toBe(true);
    expect(interrupted.schedulesUsed).toBeLessThan(1e9);
    expect(interrupted.schedule.makespanMs).toBeLessThanOrEqual(initialMs);
    expect(violations).toEqual([]);
  }, 120_000);

  it('searches without threads where it runs as TypeScript', async () => {
    const tasks = Array.from({ length: 30 }, (_, task) => ({
      durationMs: 1 + ((task * 7) % 13),
      ramDiskBytes: 4,
    }));
    const problem = problemOf(tasks);
    const initial = [listSchedule(problem, ruleOf(problem))];
    const options = { schedules: 2500, seed: 1, initial, lowerBoundMs: 0 };
    const progress: number[] = [];
    const onProgress = ({ schedulesUsed }: { readonly schedulesUsed: number }): number =>
      progress.push(schedulesUsed);
    const found = await searchInWorkers(problem, { ...options, onProgress });
    expect(found).toEqual({ ...searchBuilds(problem, options), isInterrupted: false });
    expect(verifySchedule(problem, found.schedule)).toEqual([]);
    expect(progress.length).toBeGreaterThan(10);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    const signal = AbortSignal.abort();
    const interrupted = await searchInWorkers(problem, { ...options, schedules: 1e6, signal });
    expect(interrupted.isInterrupted).toBe(true);
    expect(interrupted.schedulesUsed).toBeLessThan(1e6);
  });
});
