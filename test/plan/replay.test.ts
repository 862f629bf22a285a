import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { planBuild } from '../../src/pipeline.ts';
import { readPlanArgs } from '../support/plan-args.ts';
import { findNeedlessLosses, replayPlan, type Replay } from '../support/replay-plan.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const ARCHITECTURES = ['amd64', 'arm64'];
const Case = z.object({ runs: z.record(z.string(), z.array(z.string())) });

interface Played extends Replay {
  readonly needless: readonly string[];
}

/** Plans what a command line says, and replays the plan. */
async function play(args: readonly string[], folder: string): Promise<Played> {
  const { inputs, options } = await readPlanArgs(args, folder);
  const { plan } = planBuild(inputs, options);
  return { ...replayPlan(inputs, plan), needless: findNeedlessLosses(inputs, plan) };
}

/** The command lines of the cases that give a plan. */
function planRuns(): readonly (readonly [name: string, args: readonly string[], folder: string])[] {
  return readdirSync(`${FIXTURES}cases`).flatMap((name) => {
    const folder = `${FIXTURES}cases/${name}/`;
    const { runs } = Case.parse(JSON.parse(readFileSync(`${folder}case.json`, 'utf8')));
    return Object.entries(runs).flatMap(([run, [command, ...args]]) => {
      const isPlan = command === 'plan' && run !== 'unknown-name';
      return isPlan ? [[`${name}, ${run}`, args, folder] as const] : [];
    });
  });
}

describe('a plan, replayed against a simulated archive,', () => {
  it.each(planRuns())('works: %s', async (_, args, folder) => {
    const { violations, needless } = await play(args, folder);
    expect(violations).toEqual([]);
    expect(needless).toEqual([]);
  });

  it.each([
    ['as it is', []],
    ['without tests', ['--profiles', 'nocheck']],
    ['with the first alternatives', ['--alternatives', 'first']],
  ])('works: the platform, %s', async (_, more) => {
    const indexes = ARCHITECTURES.flatMap((arch) => ['--packages', `${arch}.Packages`]);
    const played = await play([...PLATFORM, ...indexes, ...more], `${FIXTURES}platform/`);
    expect(played.violations).toEqual([]);
    expect(played.needless).toEqual([]);
    expect(played.taskCount).toBeGreaterThan(95);
    expect(played.reliantCount).toBeGreaterThan(25);
    expect(played.relationCount).toBeGreaterThan(1500);
  });

  it.each([
    ['either architecture', []],
    ['amd64', ['--packages', 'arm64.Packages']],
    ['arm64', ['--packages', 'amd64.Packages']],
  ])('works: the platform without an index for %s', async (_, indexes) => {
    const played = await play([...PLATFORM, ...indexes], `${FIXTURES}platform/`);
    expect(played.violations).toEqual([]);
    expect(played.needless).toEqual([]);
    expect(played.taskCount).toBeGreaterThan(95);
    expect(played.reliantCount).toBeGreaterThan(40);
  });
});

const PLATFORM: readonly string[] = [
  ...['tree', '--layers', 'base,runtime,apps', '--estimates', 'estimates.tsv', '--arch', 'amd64,arm64'],
  ...ARCHITECTURES.flatMap((arch) => ['--builder', `name=${arch},arch=${arch},slots=4,ram-disk=32GiB`]),
];
