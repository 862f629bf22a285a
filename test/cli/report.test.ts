import { linkSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { answerReport } from '../../src/report-plan.ts';
import { decodeReport } from '../../src/report/decode-report.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { makeTree } from '../io/temp-tree.ts';
import { generatePlan } from '../support/generated-plan.ts';
import { runCli } from './run-cli.ts';

const PLAN = stableJson(generatePlan(10));
const OTHER = stableJson(generatePlan(11));

function dataOf(html: string): ReportData {
  const [, encoded = ''] = /id="report-data">([^]*?)<\/script>/.exec(html) ?? [];
  return decodeReport(encoded);
}

const ignore = (): void => undefined;

function labelsOf(html: string): readonly string[] {
  return dataOf(html).plans.map(({ label }) => label);
}

describe('debplan report', () => {
  it('writes report.html, and says so', () => {
    const cwd = makeTree({ 'plan.json': PLAN });
    expect(runCli(['report', 'plan.json'], { cwd })).toEqual({
      code: 0,
      stdout: 'report.html\n',
      stderr: '',
    });
    const html = readFileSync(join(cwd, 'report.html'), 'utf8');
    expect(labelsOf(html)).toEqual(['plan.json']);
    expect(html).toContain('<title>plan.json · debplan report</title>');
    expect(html).not.toContain(cwd);
  });

  it('shows what bench has measured, and refuses a file that holds none', () => {
    const cwd = makeTree({ 'plan.json': PLAN });
    runCli(['bench', 'plan.json', '--history', 'bench.jsonl', '--runs', '2', '-q'], { cwd });
    const { stdout, stderr } = runCli(['report', 'plan.json', '--bench', 'bench.jsonl', '-o', '-'], { cwd });
    expect(dataOf(stdout).bench).toMatchObject({ label: 'bench.jsonl', subject: { name: 'plan.json' } });
    expect(stderr).toBe('');
    const other = makeTree({
      'other.json': OTHER,
      'bench.jsonl': readFileSync(join(cwd, 'bench.jsonl'), 'utf8'),
    });
    const noted = runCli(['report', 'other.json', '--bench', 'bench.jsonl', '-o', '-'], { cwd: other });
    expect(noted.code).toBe(0);
    expect(noted.stderr).toContain(
      'bench.jsonl has no bench of other.json: the report shows its last one, of plan.json',
    );
    for (const [args, message] of [
      [['--bench', 'plan.json'], 'plan.json holds no bench'],
      [['--bench', 'bench.jsonl', '-o', 'bench.jsonl'], '-o would write over bench.jsonl, which is read'],
      [['--bench', 'gone.jsonl'], "cannot read 'gone.jsonl'"],
    ] as const) {
      const refused = runCli(['report', 'plan.json', ...args], { cwd });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(message);
    }
  });

  it('prints the same with -o -, from a file and from standard input', () => {
    const cwd = makeTree({ 'plan.json': PLAN });
    const { stdout } = runCli(['report', 'plan.json', '-o', '-'], { cwd });
    const piped = runCli(['report', '-', '-o', '-'], { cwd, input: PLAN });
    expect(piped.stdout.replaceAll('standard input', 'plan.json')).toBe(stdout);
    expect(stdout).toMatch(/^<!DOCTYPE html>\n[^]*<\/html>\n$/);
  });

  it('shows several plans under names that tell them apart, and compares the first two', () => {
    const cwd = makeTree({ 'before/plan.json': PLAN, 'after/plan.json': OTHER, 'third.json': PLAN });
    const paths = ['before/plan.json', './after/plan.json', 'third.json'];
    const { stdout } = runCli(['report', ...paths, '-o', '-'], { cwd });
    expect(labelsOf(stdout)).toEqual(['before/plan.json', 'after/plan.json', 'third.json']);
    const sides = dataOf(stdout).comparison?.sides.map(({ label }) => label);
    expect(sides).toEqual(['before/plan.json', 'after/plan.json']);
  });

  it('refuses what it has no option for', () => {
    const { code, stdout, stderr } = runCli(['report', 'plan.json', '--json'], { cwd: makeTree() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('there is no option --json');
  });
});

describe('answerReport', () => {
  it.each([
    [[], undefined, 'no plan is named'],
    [['plan.json'], 'plan.json', '/plan.json, which is read'],
    [['other.json', 'plan.json'], 'link.html', '/link.html, which is read'],
    [['plan.json'], 'hard.html', '/hard.html, which is read'],
    [['plan.json', 'sub/../plan.json'], undefined, 'is named twice'],
    [['plan.json'], '', '-o needs the name of a file'],
    [['no.json'], undefined, 'no such file or folder'],
    [['text'], undefined, 'text is no plan that this debplan can read'],
    [['plan.json'], 'text/report.html', 'a part of the path is a file'],
  ])('refuses %j with -o %j: %s', async (paths, output, message) => {
    const cwd = makeTree({ 'plan.json': PLAN, 'other.json': OTHER, text: 'no plan\n' });
    symlinkSync('plan.json', join(cwd, 'link.html'));
    linkSync(join(cwd, 'plan.json'), join(cwd, 'hard.html'));
    const place = output === undefined || output === '' ? output : `${cwd}/${output}`;
    const request = { paths: paths.map((path) => `${cwd}/${path}`), output: place };
    await expect(answerReport(request, ignore)).rejects.toThrow(message);
    expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).toBe(PLAN);
  });

  it('reads standard input once', async () => {
    await expect(answerReport({ paths: ['-', '-'], output: '-' }, ignore)).rejects.toThrow(
      '- is named twice',
    );
  });
});
