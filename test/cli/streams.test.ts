import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatDuration } from '../../src/base/quantity.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { makeTree } from '../io/temp-tree.ts';
import { requireBuild, runCli } from './run-cli.ts';
import { ON_AMD64, SOURCES } from './sources.ts';

const ORDER = 'greet_2.1-1/amd64 x86 ram\nhello_1.0-1/amd64 x86 ram\n';
/** The two sources need each other, and no binary exists. */
const CYCLE = SOURCES.replace('Version: 2.1-1\n', 'Version: 2.1-1\nBuild-Depends: hello\n');
/** The index that leaves no binary to assume. */
const EMPTY = 'Package: build-essential\nVersion: 12\nArchitecture: amd64\n';
const WITH_INDEX = ['--packages', 'P', ...ON_AMD64];

const Document = z.looseObject({ schema: z.string() });

describe('stdout', () => {
  it('is a summary and nothing else; what was written is said on stderr', () => {
    const cwd = makeTree({ S: SOURCES });
    const { code, stdout, stderr } = runCli(['plan', 'S', ...ON_AMD64], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 builds on 1 builder in \d+m \d\ds\n/);
    expect(stderr).toBe('wrote plan.json and order.txt\n');
    expect(readFileSync(join(cwd, 'order.txt'), 'utf8')).toBe(ORDER);
    const { makespanMs } = readPlan(readFileSync(join(cwd, 'plan.json'), 'utf8'), 'plan.json');
    expect(stdout).toContain(` in ${formatDuration(makespanMs)}\n`);
  });

  it.each([
    ['plan', ['plan', 'S', '--json'], 0, 'debplan/plan@1'],
    ['plan to -', ['plan', 'S', '-o', '-'], 0, 'debplan/plan@1'],
    ['plan with a cycle left', ['plan', 'C', 'S2', '--json', '--packages', 'P'], 1, 'debplan/plan@1'],
    ['plan with an input missing', ['plan', 'S', 'gone', '--json'], 2, 'debplan/plan@1'],
    ['graph', ['graph', 'S', '--json'], 0, 'debplan/graph@1'],
    ['graph by default', ['graph', 'S'], 0, 'debplan/graph@1'],
    ['graph with a cycle', ['graph', 'C', '--packages', 'P'], 0, 'debplan/graph@1'],
    ['why', ['why', 'hello', 'greet', 'S', '--json'], 0, 'debplan/why@1'],
    ['why not', ['why', 'greet', 'hello', 'S', '--json'], 1, 'debplan/why@1'],
  ])('is one JSON document with its schema: %s', (_, args, code, schema) => {
    const cwd = makeTree({
      S: SOURCES,
      S2: SOURCES,
      C: CYCLE.replaceAll('Version: ', 'Version: 9:'),
      P: EMPTY,
    });
    const builders = args[0] === 'plan' ? ON_AMD64 : ['--arch', 'amd64'];
    const run = runCli([...args, ...builders], { cwd });
    expect(run.code).toBe(code);
    expect(Document.parse(JSON.parse(run.stdout)).schema).toBe(schema);
    expect(readdirSync(cwd).sort()).toEqual(['C', 'P', 'S', 'S2']);
  });

  it('is the order alone with --order -, and the plan still goes to its file', () => {
    const cwd = makeTree({ S: SOURCES });
    const run = runCli(['plan', 'S', ...ON_AMD64, '--order', '-', '-o', 'a/b/plan.json'], { cwd });
    expect(run).toEqual({ code: 0, stdout: ORDER, stderr: 'wrote a/b/plan.json\n' });
    expect(readdirSync(join(cwd, 'a/b'))).toEqual(['plan.json']);
  });

  it('can take the plan while the order goes to a file', () => {
    const cwd = makeTree({ S: SOURCES });
    const { code, stderr } = runCli(['plan', 'S', ...ON_AMD64, '--json', '--order', 'o.txt'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'wrote o.txt\n' });
    expect(readFileSync(join(cwd, 'o.txt'), 'utf8')).toBe(ORDER);
  });

  it.each([
    ['stdout', ['-o', '-', '--order', '-']],
    ["'plan.json'", ['--order', './plan.json']],
  ])('is not asked to hold two texts, nor is a file: %s', (place, args) => {
    const cwd = makeTree({ S: SOURCES });
    const { code, stdout, stderr } = runCli(['plan', 'S', ...ON_AMD64, ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(`error: the plan and the order file would both go to ${place} [usage]\n`);
    expect(readdirSync(cwd)).toEqual(['S']);
  });

  it('is not needed: /dev/null takes plan and order, and nothing is put beside it', () => {
    const cwd = makeTree({ S: SOURCES });
    const both = ['-o', '/dev/null', '--order', '/dev/null'];
    expect(runCli(['plan', 'S', ...ON_AMD64, ...both, '-q'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    const { stderr } = runCli(['plan', 'S', ...ON_AMD64, '-o', '/dev/null'], { cwd });
    expect(stderr).toBe('wrote /dev/null\n');
  });

  it
    .skipIf(!existsSync('/dev/full'))
    .each([
      ['plan', 'S', ...ON_AMD64, '-o', '/dev/null', '--order', '/dev/null', '-q'],
      ['plan', 'S', ...ON_AMD64, '--json', '-q'],
      ['graph', 'S', '--arch', 'amd64', '-q'],
      ['check', 'S', '--arch', 'amd64', '-q'],
      ['completion', 'bash'],
      ['plan', '--help'],
      ['--version'],
    ])('that takes nothing is one line of error and exit code 2: %s %s', (...args) => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [requireBuild(), ...args], {
      cwd: makeTree({ S: SOURCES }),
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'error: cannot write to stdout: no space left on device\n',
    });
  });

  it('may be closed early, as head does, without an error', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => SOURCES.replaceAll(/hello|greet/g, `$&${String(n)}`));
    const cwd = makeTree({ S: many.join('\n') });
    const child = spawn(process.execPath, [requireBuild(), 'graph', 'S', '--arch', 'amd64'], { cwd });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, isTalkOnly: !/EPIPE|at /.test(stderr) }).toEqual({ code: 0, isTalkOnly: true });
  });
});

describe('a plan file', () => {
  it.each([
    [
      'a part of the path is a file',
      'S/plan.json',
      "name another place, or see who may write there and how full it is: ls -ld 'S'; df 'S'",
    ],
    ['is a folder', 'folder', 'name a file in it, or another place'],
  ])('that cannot be written is an error and no summary: %s', (reason, path, hint) => {
    const cwd = makeTree({ S: SOURCES });
    mkdirSync(join(cwd, 'folder'));
    expect(runCli(['plan', 'S', ...ON_AMD64, '-o', path], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: cannot write '${path}': ${reason} [unwritable-path]\nhint: ${hint}\n`,
    });
    expect(readdirSync(cwd).sort()).toEqual(['S', 'folder']);
  });

  it('is not replaced when there is nothing to plan', () => {
    const cwd = makeTree({ 'plan.json': 'of yesterday' });
    expect(runCli(['plan', 'gone', ...ON_AMD64], { cwd }).code).toBe(2);
    expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).toBe('of yesterday');
  });
});

describe('the exit code', () => {
  it('is 1 when a cycle is left, 0 with --partial', () => {
    const cwd = makeTree({ S: CYCLE, P: EMPTY });
    expect(runCli(['plan', 'S', ...WITH_INDEX], { cwd }).code).toBe(1);
    expect(runCli(['plan', 'S', ...WITH_INDEX, '--partial'], { cwd }).code).toBe(0);
  });

  it('is 2 when an input could not be read, though the rest is planned', () => {
    const cwd = makeTree({ S: SOURCES });
    const { code, stdout, stderr } = runCli(['plan', 'S', 'gone', ...ON_AMD64], { cwd });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^2 builds /);
    expect(stderr).toContain("error: cannot read 'gone': no such file or folder [unreadable-path]\n");
  });

  it.each([
    ['a missing file', ['gone'], "error: cannot read 'gone': no such file or folder [unreadable-path]"],
    ['a folder without packages', ['empty'], "error: 'empty' holds no debian/control, no .dsc and no"],
    ['an empty file', ['nothing'], "warning: 'nothing' is empty [empty-file]"],
    ['an empty standard input', ['-'], 'error: there is no source package in the inputs [no-sources]'],
    ['only a Packages index', ['--packages', 'P'], 'error: no input is named [no-sources]'],
    ['a Packages index as a path', ['Q'], "inputs: 'Q' is a Packages index, which tells what exists,"],
    ['a file of another kind', ['text'], 'text'],
  ])('is 2, with a reason, when there is no source package: %s', (_, inputs, reason) => {
    for (const command of [['plan', ...ON_AMD64], ['graph'], ['why', 'a', 'b']]) {
      const cwd = makeTree({
        nothing: '',
        P: EMPTY,
        Q: 'Package: a\nVersion: 1\nArchitecture: amd64\nSize: 1\n',
        text: 'Dear diary,\n',
        'empty/README': 'nothing here\n',
      });
      const { code, stdout, stderr } = runCli([...command, ...inputs], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(reason);
      expect(stderr).toMatch(/\[no-sources\]\nhint: /);
      expect(existsSync(join(cwd, 'plan.json'))).toBe(false);
    }
  });
});

describe('stdin', () => {
  it('can be a Sources index', () => {
    const run = runCli(['plan', '-', ...ON_AMD64, '--order', '-', '-o', '/dev/null', '-q'], {
      cwd: makeTree(),
      input: SOURCES,
    });
    expect(run).toEqual({ code: 0, stdout: ORDER, stderr: '' });
  });
});

describe('stderr', () => {
  const noisy = (): string =>
    makeTree({
      S:
        Array.from({ length: 9 }, (_, n) => `Package: p${String(n)}\nVersion: 1?\n`).join('\n') +
        `\n${SOURCES}`,
    });

  it('shows three of a kind and how many more there are, all with --all-warnings', () => {
    const cwd = noisy();
    const some = runCli(['plan', 'S', ...ON_AMD64], { cwd }).stderr;
    const all = runCli(['plan', 'S', ...ON_AMD64, '--all-warnings'], { cwd }).stderr;
    expect(some).toContain('… and 6 more [bad-version] (--all-warnings)\n');
    expect(some.match(/\[bad-version\]\n/g)).toHaveLength(3);
    expect(all.match(/\[bad-version\]\n/g)).toHaveLength(9);
    expect(all).not.toContain('more [');
  });

  it('holds errors only with --quiet', () => {
    const cwd = makeTree({ S: SOURCES });
    const loud = runCli(['plan', 'S', '--arch', 'amd64'], { cwd });
    expect(loud.stderr).toMatch(/^note: no --builder: /);
    expect(runCli(['plan', 'S', '--arch', 'amd64', '--quiet'], { cwd })).toMatchObject({
      code: 0,
      stderr: '',
    });
    const { stderr } = runCli(['plan', 'S', 'gone', '--arch', 'amd64', '-q'], { cwd });
    expect(stderr).toMatch(/^error: cannot read 'gone'.*\nhint: .*\n$/);
  });

  it('names a path as the user would open it, however long and whatever is in it', () => {
    const path = `${'deep/'.repeat(40)}a\nb $(c)/S`;
    const cwd = makeTree({ [path]: SOURCES.replace('libgreet-dev', '(') });
    const { code, stdout, stderr } = runCli(['plan', path, ...ON_AMD64, '-q'], { cwd });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^2 builds /);
    expect(stderr).toContain(`\n  --> ${path}:5:16\n`);
  });
});

describe('colour', () => {
  const paint = (env: Readonly<Record<string, string>>): boolean => {
    const cwd = makeTree({ S: SOURCES });
    const { stdout, stderr } = runCli(['plan', 'S', 'gone', ...ON_AMD64], { cwd, env });
    expect(stdout.includes('\u001b')).toBe(stderr.includes('\u001b'));
    return stdout.includes('\u001b');
  };

  it('is off where there is no terminal', () => {
    expect(paint({ NO_COLOR: '' })).toBe(false);
  });

  it('is on with FORCE_COLOR, which wins over NO_COLOR', () => {
    expect(paint({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
  });

  it('is off with FORCE_COLOR=0, and FORCE_COLOR without a value says nothing', () => {
    expect(paint({ FORCE_COLOR: '0', NO_COLOR: '' })).toBe(false);
    expect(paint({ FORCE_COLOR: '', NO_COLOR: '' })).toBe(false);
  });

  it('takes nothing from the text: without it the same is said', () => {
    const cwd = makeTree({ S: SOURCES });
    const plain = runCli(['plan', 'S', 'gone', ...ON_AMD64], { cwd });
    const painted = runCli(['plan', 'S', 'gone', ...ON_AMD64], { cwd, env: { FORCE_COLOR: '1' } });
    const strip = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '');
    expect({ stdout: strip(painted.stdout), stderr: strip(painted.stderr) }).toEqual({
      stdout: plain.stdout,
      stderr: plain.stderr,
    });
  });
});

describe('the same command', () => {
  it('writes the same bytes again, over what was there', () => {
    const cwd = makeTree({ S: SOURCES });
    runCli(['plan', 'S', ...ON_AMD64], { cwd });
    const first = readFileSync(join(cwd, 'plan.json'), 'utf8');
    writeFileSync(join(cwd, 'plan.json'), 'something else');
    runCli(['plan', './S', ...ON_AMD64], { cwd });
    expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).toBe(first);
    expect(first).not.toContain(cwd);
  });
});
