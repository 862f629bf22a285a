import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { COMMANDS, makeBase, runRedirected } from './commands.ts';

/** What says that something went wrong inside. */
const TRACE = /EPIPE|EBADF|\n +at |bug of debplan/;

describe('the commands', () => {
  it('are all tried', () => {
    const { stdout } = runCli(['--help'], { cwd: makeBase() });
    const known = [...stdout.matchAll(/^ {2}debplan ([\w-]+)/gm)].map(([, name]) => name);
    expect(known.sort()).toEqual(Object.keys(COMMANDS).sort());
  });
});

describe.each(Object.entries(COMMANDS))('debplan %s', (name, args) => {
  it('ends as ever where streams are closed, and its reader has gone', async () => {
    const [plain, gone] = await Promise.all([
      runRedirected(args, makeBase(), '<&- 2>&-'),
      runRedirected(args, makeBase(), '| true'),
    ]);
    expect(plain.code).toBe(0);
    expect(plain.stdout !== '').toBe(name !== 'measure');
    expect({ code: gone.code, trace: TRACE.exec(gone.stderr) }).toEqual({ code: 0, trace: null });
  });

  it.skipIf(!existsSync('/dev/full'))('says so where stdout is full', async () => {
    const { code, stderr } = await runRedirected(args, makeBase(), '>/dev/full');
    const isSilent = name === 'measure'; // stdout is its command's
    expect({ code, trace: TRACE.exec(stderr) }).toEqual({ code: isSilent ? 0 : 2, trace: null });
    if (isSilent) return;
    expect(stderr).toMatch(/error: cannot write to stdout: no space left on device\n$/);
  });
});

it('the answer no stays no where its reader has gone', async () => {
  const args = ['compare', 'plan.json', 'plan.json', '--fail-if', 'makespan>1s'];
  expect((await runRedirected(args, makeBase(), '| true')).code).toBe(1);
});
