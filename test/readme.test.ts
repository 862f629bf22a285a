import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abridge, findBlocks, joinBlocks, type Block, type Command } from './support/readme-blocks.ts';

const root = resolve(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'debplan-readme-'));
const programs = join(folder, '.programs');

/**
 * The README is a session in a checkout: its commands run one after the other in one folder, and below a command stands what
 * it prints. The answer may be no (exit code 1), never an error.
 */
describe('the README', () => {
  const ran: Block[] = [];

  beforeAll(() => {
    symlinkSync(join(root, 'fixtures'), join(folder, 'fixtures'));
    mkdirSync(programs);
    addProgram('debplan', `exec '${process.execPath}' '${join(root, 'dist/bin/debplan.js')}' "$@"`);
    addProgram('npm', `[ "$1" = start ] || exit 0; exec debplan ${startArguments()}`);
    // builds nothing, but a shell finds it
    addProgram('sbuild', 'exit 0');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const block of findBlocks(readme)) {
    it(`runs the block in line ${String(block.line)}`, { timeout: 60_000 }, () => {
      ran.push({ ...block, commands: block.commands.map(runCommand) });
    });
  }

  it('links to files that are there', () => {
    const targets = Array.from(readme.matchAll(/\]\(([^)#:]+)\)/g), ([, path = '']) => path);
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('shows what its commands print', async () => {
    await expect(joinBlocks(readme, ran)).toMatchFileSnapshot(join(root, 'README.md'));
  });
});

/** The command with what it printed. */
function runCommand(command: Command): Command {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command.text], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: [programs, process.env['PATH'] ?? ''].join(delimiter),
      NO_COLOR: '1',
      COLUMNS: '100',
    },
  });
  expect(status, `${command.text}\n${stderr}`).toBeOneOf([0, 1]);
  return command.output === undefined ? command : { ...command, output: abridge(command.output, stdout) };
}

/** What `npm start` gives debplan. */
function startArguments(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const start = /"start":"node \S+ ([^"]+)"/.exec(JSON.stringify(manifest));
  return start?.[1] ?? '';
}

function addProgram(name: string, script: string): void {
  const path = join(programs, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}
