import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeTree } from '../io/temp-tree.ts';
import { runCli } from './run-cli.ts';
import { SOURCES } from './sources.ts';

const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** Their examples need no more than sources and an index. */
const INPUT_COMMANDS = ['plan', 'check', 'cycles', 'graph', 'why', 'install-set'];
const COMMANDS = [
  ...INPUT_COMMANDS,
  ...['simulate', 'bench', 'advise', 'emit', 'compare', 'report', 'learn', 'history', 'measure'],
  'run',
  ...['explain', 'accuracy', 'completion'],
];

/** The lines of a command's help. */
function readHelp(args: readonly string[]): readonly string[] {
  const { code, stdout, stderr } = runCli(args, { cwd: makeTree() });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

describe('help', () => {
  it('lists every command, and the exit codes', () => {
    const help = readHelp(['--help']).join('\n');
    for (const command of COMMANDS) expect(help).toContain(`\n  debplan ${command}  `);
    expect(help).toMatch(/Exit codes: 0 done, 1 .*, 2 .*, 70 .*, 130\s/);
  });

  it('groups the options of plan from what goes in to what comes out', () => {
    const titles = readHelp(['plan', '--help']).filter((line) => /^[A-Z][a-z ]+:$/.test(line));
    expect(titles).toEqual([
      'Input:',
      'What to build:',
      'Relations:',
      'Cycles:',
      'Estimates:',
      'Builders:',
      'Search:',
      'Output:',
      'Other:',
      'Examples:',
    ]);
  });

  it.each(COMMANDS)('of %s keeps to 100 columns and says something about each option', (command) => {
    const lines = readHelp([command, '-h']);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    const options = lines.filter((line) => /^\s+(?:-\w, )?--\w/.test(line));
    expect(options.length).toBeGreaterThan(1);
    expect(options.filter((line) => !/--[\w-]+ {2,}\S/.test(line))).toEqual([]);
  });

  it.each(COMMANDS)('of %s says how it is called, what it is for, and ends as all of them do', (command) => {
    const lines = readHelp([command, '--help']);
    expect(lines[0]).toMatch(new RegExp(`^debplan ${command} `));
    expect(lines[1]).toBe('');
    expect(lines[2]).toMatch(/^[A-Z].*\w/);
    const text = lines.join('\n').replaceAll(/\n(?=\S)/g, ' ');
    expect(lines).toContain('Examples:');
    expect(text).toMatch(/Exit codes: .*\b2 usage.*Environment: .*NO_COLOR.*See also: debplan [a-z]/);
    const others = /See also: (.+)$/.exec(text)?.[1]?.split(', ') ?? [];
    expect(others.filter((other) => !COMMANDS.includes(other.replace('debplan ', '')))).toEqual([]);
  });

  it.each(INPUT_COMMANDS)('of %s gives examples that work as they stand', (command) => {
    const examples = readHelp([command, '--help']).filter((line) => /^ {2}debplan [a-z-]+ /.test(line));
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) {
      const [typed = ''] = example.trim().split(/ {2,}/);
      const cwd = makeTree(FILES);
      const { code, stdout, stderr } = runCli(typed.split(' ').slice(1), { cwd });
      expect({ typed, code, stderr }).toMatchObject({ code: 0 });
      expect(stdout).not.toBe('');
    }
  });
});

describe('version', () => {
  it.each(['--version', '-V'])('is what package.json says: %s', (option) => {
    expect(runCli([option], { cwd: makeTree() })).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });
});

/** What the examples of the help name. */
const FILES = {
  Sources: SOURCES.replaceAll('greet', 'foo'),
  Packages: ['amd64', 'arm64']
    .map((arch) => `Package: build-essential\nVersion: 12\nArchitecture: ${arch}\n`)
    .join('\n'),
  'tree/hello/debian/control':
    'Source: hello\nBuild-Depends: libfoo-dev\n\nPackage: hello\nArchitecture: any\n',
  'circular_dep.conf': '# nothing\n',
  'tree/foo/debian/control': 'Source: foo\n\nPackage: libfoo-dev\nArchitecture: any\n',
};
