import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { orderSchema } from '../../src/emit/formats/order-schema.ts';
import { EMIT_FORMATS } from '../../src/options/emit-options.ts';
import { makeTree } from '../io/temp-tree.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { SOURCES } from './sources.ts';

const PACKAGES = 'Package: build-essential\nVersion: 12.9\nArchitecture: amd64\n';
const BUILDER = 'name=x86,arch=amd64,slots=2,ram-disk=8GiB';

let plan: string | undefined;

/** The plan of two sources, made once. */
function planText(): string {
  if (plan !== undefined) return plan;
  const cwd = makeTree({ S: SOURCES, P: PACKAGES });
  const args = ['plan', 'S', '--packages', 'P', '--arch', 'amd64', '--builder', BUILDER, '--json', '-q'];
  const { code, stdout } = runCli(args, { cwd });
  expect(code).toBe(0);
  return (plan = stdout);
}

function emit(...args: readonly string[]): CliRun & { readonly cwd: string } {
  const cwd = makeTree({ S: SOURCES, 'plan.json': planText() });
  return { ...runCli(['emit', ...args], { cwd, input: planText() }), cwd };
}

describe('debplan emit', () => {
  it('writes every format below one folder, and prints where', () => {
    const { code, stdout, stderr, cwd } = emit('plan.json', '--format', 'all', '-o', 'out/here');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const paths = stdout.trimEnd().split('\n');
    expect(paths.length).toBeGreaterThanOrEqual(EMIT_FORMATS.length);
    for (const path of paths) {
      expect(path).toMatch(/^out\/here\/./);
      const content = readFileSync(join(cwd, path), 'utf8');
      if (content.startsWith('#!')) accessSync(join(cwd, path), constants.X_OK);
    }
    expect(readFileSync(join(cwd, 'out/here/order.txt'), 'utf8')).toBe(
      'greet_2.1-1/amd64 x86 ram\nhello_1.0-1/amd64 x86 ram\n',
    );
  });

  it('prints a single file, the same as it writes, from a file and from standard input', () => {
    const { stdout, stderr, cwd } = emit('plan.json', '--format', 'json');
    expect(stderr).toBe('');
    expect(orderSchema.parse(JSON.parse(stdout)).builds.map(({ source }) => source)).toEqual([
      'greet',
      'hello',
    ]);
    expect(emit('-', '--format', 'json', '-o', '-').stdout).toBe(stdout);
    expect(runCli(['emit', 'plan.json', '--format', 'json', '-o', '.'], { cwd }).stdout).toBe('order.json\n');
    expect(readFileSync(join(cwd, 'order.json'), 'utf8')).toBe(stdout);
  });

  it('lists the formats, and what a builder command may hold', () => {
    const { code, stdout } = emit('--list');
    expect(code).toBe(0);
    const names = stdout.split('\n').flatMap((line) => /^ {2}([a-z]+) {2,}\S/.exec(line)?.[1] ?? []);
    expect(names).toEqual(EMIT_FORMATS);
    for (const name of ['{suite}', '{dsc}', '{sbuild-options}']) expect(stdout).toContain(`\n  ${name} `);
    expect(stdout.split('\n').filter((line) => line.length > 110)).toEqual([]);
  });

  it('fills the builder command', () => {
    const args = ['--format', 'make', '--builder-command', 'mybuilder {suite}/{dsc}', '--suite', 'trixie'];
    const { stdout, cwd } = emit('plan.json', ...args, '-o', 'out');
    const texts = stdout
      .trimEnd()
      .split('\n')
      .map((path) => readFileSync(join(cwd, path), 'utf8'));
    expect(texts.join('')).toContain('mybuilder trixie/hello_1.0-1.dsc');
  });

  it('draws a part', () => {
    const { stdout } = emit('plan.json', '--format', 'dot', '--select', 'hello', '--depth', '0');
    expect(stdout).toContain('hello_1.0-1.amd64');
    expect(stdout).not.toContain('greet');
  });

  it.each([
    [[], 'no format is named', 'the formats are text, csv, '],
    [['plan.json', '--format', 'mke'], "--format: there is no format 'mke'", 'did you mean make?'],
    [['--format', 'text'], 'no plan is named', 'debplan emit plan.json --format make -o build'],
    [['plan.json', 'S', '--format', 'text'], 'one plan at a time: plan.json and S', 'leave one out'],
    [['S', '--format', 'text'], 'S is no plan that this debplan can read', 'make one with debplan plan'],
    [['gone.json', '--format', 'text'], "cannot read 'gone.json'", ''],
    [['plan.json', '--format', 'text,csv'], 'these are 2 files, and stdout takes one', 'such as -o build'],
    [['plan.json', '--format', 'text', '-o', 'S'], "cannot write 'S/order.txt'", ''],
    [['plan.json', '--format', 'make', '--builder-command', 'x {dcs}'], '{dcs}', '{dsc}'],
    [
      ['plan.json', '--format', 'dot', '--select', 'helo'],
      "there is no 'helo' in the plan",
      'did you mean hello?',
    ],
    [
      ['plan.json', '--format', 'make', '--select', 'hello'],
      "--select can't make a part of a plan for make",
      'dot, mermaid',
    ],
    [['plan.json', '--format', 'dot', '--depth', '2'], '--depth says how far', 'add --select NAME'],
    [['plan.json', '--format', 'dot', '--select', 'hello', '--depth', '-1'], '--depth', ''],
  ])('refuses %j, and writes nothing', (args, message, hint) => {
    const { code, stdout, stderr, cwd } = emit(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(existsSync(join(cwd, 'build'))).toBe(false);
  });

  it('refuses a plan that contradicts itself', () => {
    const cwd = makeTree({
      'plan.json': planText().replace('"needs": [\n            "greet', '"needs": [\n            "gone'),
    });
    const { code, stderr } = runCli(['emit', 'plan.json', '--format', 'make'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('which is not in it');
  });

  it('explains itself with examples that work as they stand', () => {
    const { stdout } = emit('--help');
    const examples = stdout.split('\n').filter((line) => line.startsWith('  debplan emit '));
    expect(examples).toHaveLength(4);
    for (const example of examples) {
      const words = (example.trim().split(/ {2,}/)[0] ?? '').split(' ').slice(2);
      expect(emit(...words).code).toBe(0);
    }
  });
});
