import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accuracySchema } from '../../src/accuracy/accuracy-schema.ts';
import { makeTree } from '../io/temp-tree.ts';
import { HISTORY } from './history-lines.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { SOURCES } from './sources.ts';

const FILES = { Sources: SOURCES, Packages: '', 'history.jsonl': HISTORY };

function accuracy(...args: readonly string[]): CliRun & { readonly cwd: string } {
  const cwd = makeTree(FILES);
  return { cwd, ...runCli(['accuracy', ...args], { cwd, input: HISTORY }) };
}

describe('debplan accuracy', () => {
  it('compares each build with what the others say, without any source', () => {
    const { code, stdout, stderr } = accuracy('--history', 'history.jsonl');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^4 builds of 2 sources, each estimated from all the others\n/);
    expect(stdout).toContain('not counted: 1 failed, 1 tell no size\n');
    expect(stdout).toMatch(/\nblended +3 +×/);
    expect(stdout).toMatch(/\nhistory +2 +×1\.10/);
    expect(stdout).toContain('too few builds for advice on --ram-quantile');
  });

  it('prints JSON that its schema knows, the same from a file and from standard input', () => {
    const { code, stdout } = accuracy('--history', 'history.jsonl', '--json', '--ram-quantile', '.9,0.5');
    expect(code).toBe(0);
    const document = accuracySchema.parse(JSON.parse(stdout));
    expect(document.history).toEqual({ records: 4, sources: 2, used: 3 });
    expect(document.reserve.quantiles.map(({ quantile }) => quantile)).toEqual([0.5, 0.9]);
    const again = accuracy('--history=-', '--json', '--ram-quantile', '.9,0.5').stdout;
    expect(again.replace('standard input', 'history.jsonl')).toBe(stdout);
  });

  it('lets the features of sources count where they are named', () => {
    const { code, stdout, stderr } = accuracy('--history', 'history.jsonl', 'Sources', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { inputs, duration } = accuracySchema.parse(JSON.parse(stdout));
    expect(inputs.map(({ name }) => name)).toEqual(['Sources', 'history.jsonl']);
    expect(duration.builds).toBe(3);
  });

  it('looks at the builds of the selected sources, with and without inputs', () => {
    for (const inputs of [[], ['Sources']]) {
      const { code, stdout } = accuracy('--history', 'history.jsonl', '--select', 'greet', ...inputs);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^2 builds of 1 source,/);
      expect(stdout).not.toContain('hello');
    }
  });

  it('fails, and says how to go on, where the history has no build to look at', () => {
    const { code, stderr } = runCli(['accuracy', '--history=-'], { cwd: makeTree(FILES) });
    expect(code).toBe(1);
    expect(stderr).toContain('the history has no build');
    expect(stderr).toContain('debplan learn');
    const other = accuracy('--history', 'history.jsonl', '--select', 'nobody');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('the history has no build of nobody');
  });

  it('prints CSV, a row for each build and quantity', () => {
    const { stdout } = accuracy('--history', 'history.jsonl', '--csv');
    expect(stdout.split('\n').map((row) => row.split(',').slice(0, 2).join())).toEqual([
      'quantity,source',
      'duration,greet',
      'duration,hello',
      'duration,hello',
      'ram_disk,hello',
      'ram_disk,hello',
      '',
    ]);
  });

  it('writes the plot beside the table, or to stdout instead of it', () => {
    const { cwd, stdout } = accuracy('--history', 'history.jsonl', '--svg', 'plot.svg');
    const plot = readFileSync(join(cwd, 'plot.svg'), 'utf8');
    expect(plot).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(stdout).toMatch(/^4 builds /);
    expect(accuracy('--history', 'history.jsonl', '--svg', '-').stdout).toBe(plot);
  });

  it.each([
    [[], 'no history is named', 'debplan accuracy --history history.jsonl'],
    [['--history', 'gone.jsonl'], "cannot read 'gone.jsonl'", ''],
    [['--history', 'history.jsonl', '--json', '--csv'], "--json and --csv can't go together", 'one of them'],
    [['--history', 'history.jsonl', '--json', '--svg', '-'], 'two answers for stdout', 'name a file'],
    [['--history', 'history.jsonl', '--ram-quantile', '90'], '--ram-quantile 90 is no share', '0.8,0.9'],
    [['--history', 'history.jsonl', '--overrun-cost', '-1'], '--overrun-cost', ''],
    [['--history', 'history.jsonl', '--worst', 'x'], '--worst x is no whole number', '--worst 5'],
  ])('refuses %j', (args, message, hint) => {
    const { code, stdout, stderr } = accuracy(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  it('explains itself in 100 columns, with examples that work as they stand', () => {
    const { code, stdout } = accuracy('--help');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    const examples = lines.filter((line) => line.startsWith('  debplan accuracy '));
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      const words = (example.trim().split(/ {2,}/)[0] ?? '').split(' ').slice(2);
      expect(accuracy(...words).code, example).toBe(0);
    }
  });
});
