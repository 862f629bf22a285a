import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../io/temp-tree.ts';
import { runCli } from './run-cli.ts';

const LOG = readFileSync(
  fileURLToPath(new URL('../../fixtures/logs/bookworm.build', import.meta.url)),
  'utf8',
);

describe('debplan learn and debplan history', () => {
  it('learn from a file or standard input, and list what was learned', () => {
    const cwd = makeTree({ 'logs/pear.build': LOG });
    const first = runCli(['learn', 'logs', '--history', 'h.jsonl', '-q'], { cwd });
    expect(first).toEqual({ code: 0, stdout: 'learned 1 build\n', stderr: '' });
    const again = runCli(['learn', '-', '--history', 'h.jsonl', '-q'], { cwd, input: LOG });
    expect(again.stdout).toBe('learned 0 builds, 1 known already\n');
    expect(readFileSync(join(cwd, 'h.jsonl'), 'utf8')).toMatch(
      /^\{"schema":"debplan\/build@1","source":"pear",.*\}\n$/,
    );
    const listed = runCli(['history', 'h.jsonl', '--source', 'pear', '--outcome', 'built,failed'], { cwd });
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toMatch(/\npear +1\.0-1 +amd64 .*\n\n1 build of 1 source\n$/);
  });

  it('name bad input on stderr and exit with 2', () => {
    const cwd = makeTree({ 'h.jsonl': 'x\n' });
    expect(runCli(['history', 'h.jsonl'], { cwd })).toMatchObject({ code: 2, stdout: 'no builds\n' });
    const missing = runCli(['learn', 'nowhere', '--history', 'h2.jsonl'], { cwd });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("error: cannot read 'nowhere': no such file or folder");
    const twice = runCli(['learn', 'x', '--history', 'a', '--history', 'b'], { cwd });
    expect(twice).toMatchObject({ code: 2 });
    expect(twice.stderr).toContain('--history is given twice: a and b');
    expect(runCli(['learn', 'x'], { cwd }).stderr).toContain('error: --history is missing');
  });
});
