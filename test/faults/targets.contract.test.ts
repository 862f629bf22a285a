import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { makeTree } from '../io/temp-tree.ts';
import { makeBase, READERS, WRITERS } from './commands.ts';

const OLD = ['plan.json', 'order.txt', 'cycles', 'a.svg', 'b.csv', 'b.jsonl', 'r.html', 'l.jsonl', 'h.jsonl'];

/** Mounts a small file system of its own at `T`; undefined where this is not allowed. */
function mountAt(cwd: string, options: string): boolean {
  const target = join(cwd, 'T');
  mkdirSync(target);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', target]).status !== 0) return false;
  onTestFinished(() => {
    execFileSync('umount', [target]);
  });
  return true;
}

/** Every path below a folder, with what a file holds. */
function contentOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const whole = join(folder, path);
      return [path, statSync(whole).isFile() ? readFileSync(whole, 'latin1') : 'folder'];
    }),
  );
}

describe.each(Object.entries(WRITERS))('debplan %s', (name, args) => {
  it('leaves what was there, and nothing else, on a disk that is full', ({ skip }) => {
    const cwd = makeBase();
    if (!mountAt(cwd, 'size=80k')) return skip('no file system can be mounted here');
    for (const file of OLD) writeFileSync(join(cwd, 'T', file), '');
    spawnSync('dd', ['if=/dev/zero', 'of=T/fill', 'bs=4k'], { cwd });
    const before = contentOf(join(cwd, 'T'));
    const { code, stdout, stderr } = runCli([...args, '-q'].filter(quietly(name)), { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*no space left.* \[[\w-]+\]\nhint: .+\n$/);
    if (name !== 'run --work') expect(contentOf(join(cwd, 'T'))).toEqual(before);
  });

  it('says why where the file system is read-only', ({ skip }) => {
    const cwd = makeBase();
    if (!mountAt(cwd, 'size=64k,ro')) return skip('no file system can be mounted here');
    const { code, stdout, stderr } = runCli([...args, '-q'].filter(quietly(name)), { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*: the file system is read-only \[unwritable-path\]\nhint: .+\n$/);
  });
});

/** These have no `-q`. */
function quietly(name: string): (arg: string) => boolean {
  return (arg) => arg !== '-q' || !/^(?:emit|report)/.test(name);
}

describe.each(Object.entries(READERS))('debplan %s', (_, args) => {
  it.runIf(process.platform === 'linux')('says which path no disk gives', () => {
    const cwd = makeBase();
    const before = readdirSync(cwd).sort();
    const bad = '/proc/self/mem';
    const { code, stderr } = runCli(
      args.map((arg) => arg.replace(/X$/, bad)),
      { cwd },
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/error: cannot (?:read|add to) '\/proc\/self\/mem': the disk or device fails /);
    expect(readdirSync(cwd).sort()).toEqual(before);
  });
});

describe('a name that is as long as names may be', () => {
  it('is written to, and one that is longer is refused', () => {
    const cwd = makeTree({ S: 'Package: a\nVersion: 1\nArchitecture: any\nBinary: a\n' });
    const plan = (path: string): number | null =>
      runCli(['plan', 'S', '--arch', 'amd64', '-o', path, '--order', '/dev/null', '-q'], { cwd }).code;
    expect([plan('x'.repeat(255)), plan('x'.repeat(256))]).toEqual([0, 2]);
    expect(readdirSync(cwd).sort()).toEqual(['S', 'x'.repeat(255)]);
  });
});
