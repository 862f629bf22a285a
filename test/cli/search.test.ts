import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../src/plan/read-plan.ts';
import { makeTree } from '../io/temp-tree.ts';
import { runCli } from './run-cli.ts';

/** Thirty sources; every fourth waits for another, and sizes differ. */
const SOURCES = Array.from({ length: 30 }, (_, index) =>
  [
    ...[`Package: s${index}`, 'Version: 1', 'Architecture: any', `Binary: s${index}`],
    `Build-Size: ${1 + ((index * 7) % 12)}GB`,
    ...(index % 4 === 3 ? [`Build-Depends: s${index - 3}`] : []),
  ].join('\n'),
).join('\n\n');

function plan(...args: readonly string[]): {
  readonly text: string;
  readonly code: number | null;
  readonly stderr: string;
} {
  const cwd = makeTree();
  writeFileSync(join(cwd, 'Sources'), `${SOURCES}\n`);
  const builder = 'arch=amd64,slots=3,ram-disk=20GiB';
  const run = runCli(['plan', 'Sources', '--arch', 'amd64', '--builder', builder, ...args], { cwd });
  return { ...run, text: run.code === 0 ? readFileSync(join(cwd, 'plan.json'), 'utf8') : '' };
}

describe('plan with a search', () => {
  it('gives the same bytes again, and never a longer plan with more effort', () => {
    const plans = ['0', '1', '2'].map((effort) => plan('--effort', effort).text);
    expect(plan('--effort', '2').text).toBe(plans[2]);
    const spans = plans.map((text) => readPlan(text, 'plan.json').makespanMs);
    expect(spans).toEqual([...spans].sort((a, b) => b - a));
    const { search } = readPlan(plans[2] ?? '', 'plan.json').options;
    expect(search).toMatchObject({ effort: 2, schedules: 2000, seed: 1 });
  }, 120_000);

  it('says nothing of its progress where nobody watches', () => {
    expect(plan('--schedules', '300').stderr).not.toContain('searching');
  });

  it.each([
    ['--effort', 'x', '--effort x is no whole number from 0 to 9'],
    ['--schedules', '0', '--schedules 0 is no whole number from 1 to 1000000000'],
    ['--seed', 'abc', '--seed abc is no whole number from 0 to 4294967295'],
  ])('refuses %s %s with exit code 2', (option, value, message) => {
    const { code, stderr } = plan(option, value);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${message} [usage]\nhint: `);
  });
});
