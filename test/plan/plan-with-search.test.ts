import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/base/progress.ts';
import { formatDuration } from '../../src/base/quantity.ts';
import { parseBuilder } from '../../src/dispatch/parse-builder.ts';
import type { EstimateOverride } from '../../src/estimate/estimate.ts';
import { planBuild } from '../../src/pipeline.ts';
import { planWithSearch } from '../../src/plan-with-search.ts';
import { scheduleByList } from '../../src/scheduler.ts';
import { inputsOf, planOptionsOf } from '../support/planned.ts';
import { optionsOf, source } from '../support/texts.ts';

const MINUTE_MS = 60_000;
const GIB = 2 ** 30;
const SEARCH = { effort: 2, schedules: 500, seed: 4 };

function estimate(name: string, minutes: number, gib: number): EstimateOverride {
  return {
    ...{ source: name, arch: undefined, durationMs: minutes * MINUTE_MS, ramDiskBytes: gib * GIB },
    ...{ memoryBytes: undefined, parallelFraction: undefined },
  };
}

/** A large build is ready a minute after small ones that leave too little RAM for it. */
const inputs = inputsOf({
  sources: [
    ...[source('base'), source('toolchain'), source('large', { 'Build-Depends': 'toolchain' })],
    ...[source('small', { 'Build-Depends': 'base' }), source('tiny', { 'Build-Depends': 'base' })],
  ],
});
const options = {
  ...planOptionsOf(optionsOf()),
  builders: [parseBuilder('arch=amd64,slots=4,ram-disk=60GiB,disk-slots=0')],
  overrides: [
    ...[estimate('base', 1, 1), estimate('toolchain', 2, 1), estimate('large', 100, 40)],
    ...[estimate('small', 60, 15), estimate('tiny', 60, 15)],
  ],
  search: SEARCH,
};

describe('planWithSearch', () => {
  it('starts the large build as soon as it is ready, and says how the schedule was found', async () => {
    const listed = planBuild(inputs, options);
    expect(listed.plan.makespanMs).toBe(161 * MINUTE_MS);
    const progress: Progress[] = [];
    const watch = { onProgress: (one: Progress) => progress.push(one) };
    const { plan, diagnostics } = await planWithSearch(inputs, options, scheduleByList, SEARCH, watch);
    expect(plan.makespanMs).toBe(121 * MINUTE_MS);
    expect(plan.options.search).toEqual({ ...SEARCH, foundBy: 'search' });
    expect(diagnostics).toEqual(listed.diagnostics);
    const searching = progress.findLast(({ doing }) => doing === 'searching');
    expect(searching).toMatchObject({ total: 500, noun: 'schedules' });
    expect(searching?.detail).toBe(
      `${formatDuration(plan.makespanMs)}, ${((plan.makespanMs / plan.lowerBoundMs - 1) * 100).toFixed(1)} % above the bound`,
    );
    expect(new Set(progress.map(({ doing }) => doing)).size).toBe(6);
  });

  it('is the same plan again', async () => {
    const make = async () => planWithSearch(inputs, options, scheduleByList, SEARCH);
    expect((await make()).plan).toEqual((await make()).plan);
  });

  it('searches nothing where no schedules are asked for', async () => {
    const none = { ...SEARCH, effort: 0, schedules: 0 };
    const { plan } = await planWithSearch(inputs, { ...options, search: none }, scheduleByList, none);
    expect(plan).toEqual(planBuild(inputs, { ...options, search: none }).plan);
    expect(plan.options.search).toEqual({ ...none, foundBy: 'critical-path' });
  });

  it('writes the best so far when interrupted, and warns that it can not be made again', async () => {
    const long = { ...SEARCH, schedules: 1_000_000 };
    const watch = { signal: AbortSignal.abort() };
    const { plan, diagnostics } = await planWithSearch(inputs, options, scheduleByList, long, watch);
    expect(plan.makespanMs).toBe(161 * MINUTE_MS);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toContainEqual([
      'interrupted-search',
      'warning',
    ]);
  });
});
