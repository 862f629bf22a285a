import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { makeTree } from '../io/temp-tree.ts';

const scripts = new Map<string, string>();

/** The script for a shell, in a file of an empty folder. */
function writeScript(shell: string): { readonly cwd: string; readonly script: string } {
  const cwd = makeTree();
  const script = join(cwd, 'completion');
  const text = scripts.get(shell) ?? runCli(['completion', shell], { cwd }).stdout;
  scripts.set(shell, text);
  writeFileSync(script, text);
  return { cwd, script };
}

const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

describe.skipIf(!has('fish'))('completion in fish', () => {
  function complete(line: string): readonly string[] {
    const { cwd, script } = writeScript('fish');
    const { status, stdout, stderr } = spawnSync(
      'fish',
      ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, line],
      { cwd, encoding: 'utf8', env: { ...process.env, HOME: cwd } },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.split('\n').flatMap((row) => (row === '' ? [] : [row.split('\t')[0] ?? '']));
  }

  it.each([
    ['debplan compa', ['compare']],
    ['debplan compare --mark', ['--markdown']],
    ['debplan emit --format csv,grap', ['csv,graphlib', 'csv,graphml']],
    ['debplan plan --arch=amd64,arm6', ['--arch=amd64,arm64']],
    ['debplan plan --deps ', ['direct', 'install']],
    ['debplan completion ', ['bash', 'fish', 'zsh']],
  ])('offers after %j only %j', (line, expected) => {
    expect(complete(line)).toEqual(expected);
  });
});

/** Types a line and TAB at a zsh in a terminal of its own, and waits for what must stand there then. */
const TYPE = `
zmodload zsh/zpty
zpty z 'TERM=dumb zsh -f -i'
zpty -w z "PS1=; autoload -Uz compinit; compinit -u -D; source $1; print RE''ADY"
zpty -r -m z out '*READY*'
zpty -w -n z "$2"$'\\t'
zpty -r -m z out "*$3*" && print found
zpty -d z
`;

describe.skipIf(!has('zsh'))('completion in zsh', () => {
  it.each([
    ['debplan compa', 'debplan compare '],
    ['debplan compare --mark', 'debplan compare --markdown '],
    ['debplan emit --format csv,graphm', 'debplan emit --format csv,graphml'],
    ['debplan plan --deps dir', 'debplan plan --deps direct '],
    ['debplan completion fi', 'debplan completion fish '],
  ])('makes of %j: %j', (line, expected) => {
    const { cwd, script } = writeScript('zsh');
    const { stdout } = spawnSync('zsh', ['-f', '-c', TYPE, 'zsh', script, line, expected], {
      ...{ cwd, encoding: 'utf8', timeout: 20_000 },
    });
    expect(stdout).toContain('found');
  });
});
