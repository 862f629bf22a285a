import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../io/temp-tree.ts';
import { runCli } from './run-cli.ts';

let bashScript: string | undefined;

/** What bash offers after these words, in a folder of two files. */
function complete(...words: readonly string[]): readonly string[] {
  const cwd = makeTree({ 'plan one.json': '', 'order.txt': '', 'folder/x': '' });
  bashScript ??= scriptFor('bash', cwd);
  const script = join(cwd, '.completion');
  writeFileSync(script, bashScript);
  const program =
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _debplan; printf "%s\\n" "${COMPREPLY[@]}"';
  const bash = spawnSync('bash', ['-c', program, 'bash', script, 'debplan', ...words], {
    cwd,
    encoding: 'utf8',
  });
  expect({ status: bash.status, stderr: bash.stderr }).toEqual({ status: 0, stderr: '' });
  return bash.stdout.split('\n').filter((line) => line !== '');
}

function scriptFor(shell: string, cwd: string): string {
  const { code, stdout, stderr } = runCli(['completion', shell], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('completion in bash', () => {
  it.each([
    [['compa'], ['compare']],
    [['--v'], ['--version']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['plan', '--build-'], []],
    [['plan', '--pol'], ['--policy']],
    [['-h', 'plan', '--pol'], ['--policy']],
    [
      ['plan', '--deps', ''],
      ['install', 'direct'],
    ],
    [['plan', '--deps', '=', 'd'], ['direct']],
    [
      ['plan', '--deps', '='],
      ['install', 'direct'],
    ],
    [['emit', '--format', 'make'], ['make']],
    [
      ['emit', '--format', 'csv,grap'],
      ['csv,graphml', 'csv,graphlib'],
    ],
    [['plan', '--arch', 'amd64,arm6'], ['amd64,arm64']],
    [['plan', '--policy', 'critical'], ['critical-path']],
    [['simulate', '--policies', 'plan,stat'], ['plan,static']],
    [['bench', '--policies', 'plan,stat'], ['plan,static']],
    [['bench', '--csv', 'pl'], ['plan one.json']],
    [['compare', 'pl'], ['plan one.json']],
    [['plan', '-o', 'or'], ['order.txt']],
    [['plan', '--seed', ''], []],
    [['nonsense', ''], []],
  ])('offers after %j only %j', (words, expected) => {
    expect(complete(...words)).toEqual(expected);
  });

  it('offers every command of the help, and every option of one', () => {
    const cwd = makeTree();
    const help = runCli(['--help'], { cwd }).stdout;
    const commands = [...help.matchAll(/^ {2}debplan ([a-z-]+) {2}/gm)].map(([, name]) => name);
    expect(
      complete('')
        .filter((name) => !name.startsWith('-'))
        .sort(),
    ).toEqual(commands.sort());
    const options = [...runCli(['plan', '--help'], { cwd }).stdout.matchAll(/ (--[a-z-]+) {2}/g)];
    const offered = complete('plan', '--');
    expect(options.length).toBeGreaterThan(20);
    expect(options.map(([, option]) => option).filter((option) => !offered.includes(option ?? ''))).toEqual([
      '--version',
    ]);
  });
});

describe('debplan completion', () => {
  it.each([
    [[], 'no shell is named'],
    [['csh'], 'no completion for csh'],
    [['bash', 'zsh'], 'no completion for zsh'],
  ])('refuses %j', (args, message) => {
    const { code, stderr } = runCli(['completion', ...args], { cwd: makeTree() });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('debplan completion bash|zsh|fish');
  });
});
