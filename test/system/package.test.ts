import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readPlan } from '../../src/plan/read-plan.ts';
import { requireBuild } from '../cli/run-cli.ts';

const root = resolve(import.meta.dirname, '../..');
const project = mkdtempSync(join(tmpdir(), 'debplan-package-'));
const platform = join('node_modules', 'debplan', 'fixtures', 'platform');
const manifest = z
  .object({ version: z.string(), exports: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

/** Runs a program in the project. @returns what it printed; what it complained of fails the test */
function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: project, encoding: 'utf8' });
  expect(status, `${program} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

describe('the package in an empty project', () => {
  beforeAll(() => {
    requireBuild();
    const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--pack-destination', project], {
      ...{ cwd: root, encoding: 'utf8' },
    });
    expect(packed.status, packed.stderr).toBe(0);
    const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '';
    writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
    run('npm', 'install', '--no-audit', '--no-fund', `./${tarball}`);
  });

  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  it('tells its version', () => {
    expect(run('npx', '--no-install', 'debplan', '--version')).toBe(`${manifest.version}\n`);
  });

  it('plans the platform that it brings, and shows the plan as a report and a comparison', () => {
    const inputs = [
      ...[join(platform, 'tree'), '--layers', 'base,runtime,apps', '--arch', 'amd64,arm64', '--partial'],
      ...['amd64', 'arm64'].flatMap((arch) => ['--packages', join(platform, `${arch}.Packages`)]),
      ...['--builder', 'name=x86,arch=amd64,slots=4,ram-disk=32GiB'],
      ...['--builder', 'name=arm,arch=arm64,slots=4,ram-disk=32GiB'],
    ];
    run('npx', '--no-install', 'debplan', 'plan', ...inputs, '-q', '-o', 'plan.json');
    const plan = readPlan(readFileSync(join(project, 'plan.json'), 'utf8'), 'plan.json');
    expect(plan.architectures.map(({ arch }) => arch)).toEqual(['amd64', 'arm64']);
    run('npx', '--no-install', 'debplan', 'report', 'plan.json', '-o', 'report.html');
    expect(readFileSync(join(project, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    expect(run('npx', '--no-install', 'debplan', 'compare', 'plan.json')).toMatch(
      /^plan\.json: amd64 takes /,
    );
  });

  it('is a library whose types a strict compiler takes', () => {
    writeFileSync(join(project, 'main.ts'), MAIN);
    const options = [
      '--strict',
      '--target',
      'es2023',
      '--module',
      'nodenext',
      '--moduleResolution',
      'nodenext',
    ];
    run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), ...options, 'main.ts');
    expect(run(process.execPath, 'main.js')).toBe('1h 30m no difference\n');
  });

  it('offers each JSON Schema for import', () => {
    const schemas = Object.keys(manifest.exports).filter((name) => name.endsWith('.schema.json'));
    expect(schemas.length).toBeGreaterThan(8);
    const lines = schemas.map(
      (name, number) =>
        `import s${String(number)} from 'debplan${name.slice(1)}' with { type: 'json' };\nconsole.log(s${String(number)}.$id);`,
    );
    writeFileSync(join(project, 'schemas.mjs'), `${lines.join('\n')}\n`);
    const ids = run(process.execPath, '--no-warnings', 'schemas.mjs').trim().split('\n');
    expect(ids).toHaveLength(schemas.length);
    expect(ids.filter((id) => !/^debplan\/[a-z-]+@\d+$/.test(id))).toEqual([]);
  });
});

const MAIN = `import { comparePlans, formatDuration, readPlan, type ComparisonDocument, type Plan } from 'debplan';

declare const process: { getBuiltinModule(name: 'fs'): { readFileSync(path: string, encoding: 'utf8'): string } };
declare const console: { log(text: string): void };

const plan: Plan = readPlan(process.getBuiltinModule('fs').readFileSync('plan.json', 'utf8'), 'plan.json');
const label: string = 'plan.json';
const { isSame }: ComparisonDocument = comparePlans({ label, plan }, { label, plan });
// @ts-expect-error types are there: a plan has no such field
void plan.nonsense;
console.log(formatDuration(5_400_000) + (isSame ? ' no difference' : ' differs'));
`;
