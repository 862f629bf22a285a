import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { writeFilesAtomically } from '../../src/io/write-output.ts';
import { runCli } from '../cli/run-cli.ts';
import { makeTree } from '../io/temp-tree.ts';

describe('several outputs of one command', () => {
  it.each([
    ['a device that is full', '/dev/full', 'no space left'],
    ['a folder', 'folder', 'is a folder'],
    ['below a file', 'old/x', 'a part of the path is a file'],
  ])('are all absent when one can not be written: %s', async (_, bad, reason) => {
    const cwd = makeTree({ old: 'of yesterday' });
    mkdirSync(join(cwd, 'folder'));
    const path = bad.startsWith('/') ? bad : join(cwd, bad);
    const files = ['old', 'new'].map((name) => ({ path: join(cwd, name), content: name }));
    for (const order of [
      [...files, { path, content: 'x' }],
      [{ path, content: 'x' }, ...files],
    ]) {
      const error: unknown = await writeFilesAtomically(order).catch((caught: unknown) => caught);
      expect(error instanceof UserError && error.message).toBe(`cannot write '${path}': ${reason}`);
      expect(readdirSync(cwd).sort()).toEqual(['folder', 'old']);
      expect(readFileSync(join(cwd, 'old'), 'utf8')).toBe('of yesterday');
    }
    await writeFilesAtomically(files);
    expect(['old', 'new'].map((name) => readFileSync(join(cwd, name), 'utf8'))).toEqual(['old', 'new']);
  });
});

describe('an output in pieces', () => {
  it('is all of them in their order, whatever their sizes', async () => {
    const cwd = makeTree();
    const pieces = [
      '€',
      '\n'.repeat(1_500_000),
      'b',
      '',
      ...Array.from({ length: 2000 }, (_, index) => `${index}`.repeat(400)),
      'end',
    ];
    await writeFilesAtomically([
      { path: join(cwd, 'plan'), content: pieces },
      { path: join(cwd, 'empty'), content: [] },
    ]);
    expect(readFileSync(join(cwd, 'plan'), 'utf8') === pieces.join('')).toBe(true);
    expect(readFileSync(join(cwd, 'empty'), 'utf8')).toBe('');
  });
});

describe('what is made for outputs that can not be written', () => {
  it('goes again: folders, but for those that were there', async () => {
    const cwd = makeTree({ 'old/x': '' });
    const paths = ['old/new/deep/a', 'b/c', 'old/x/below'];
    const files = paths.map((path) => ({ path: join(cwd, path), content: 'x' }));
    await expect(writeFilesAtomically(files)).rejects.toThrow(UserError);
    expect(readdirSync(cwd, { recursive: true }).sort()).toEqual(['old', 'old/x']);
  });

  it('goes when a signal ends the program, and what is written next is whole', async () => {
    const cwd = makeTree();
    const killed: unknown[] = [];
    const kill = vi.spyOn(process, 'kill').mockImplementation((_, signal) => {
      killed.push(signal);
      return true;
    });
    const others = process.listeners('SIGINT');
    process.removeAllListeners('SIGINT');
    onTestFinished(() => {
      kill.mockRestore();
      for (const listener of others) process.on('SIGINT', listener);
    });
    function* pieces(): Generator<string> {
      yield 'a';
      expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^\.plan\..+\.tmp$/)]);
      process.emit('SIGINT');
      expect([readdirSync(cwd), killed]).toEqual([[], ['SIGINT']]);
      yield 'b';
    }
    await expect(writeFilesAtomically([{ path: join(cwd, 'plan'), content: pieces() }])).rejects.toThrow();
    expect(process.listenerCount('SIGINT')).toBe(0);
    await writeFilesAtomically([{ path: join(cwd, 'plan'), content: 'whole' }]);
    expect(readdirSync(cwd)).toEqual(['plan']);
  });
});

describe('a plan', () => {
  const inputs = {
    S: 'Package: a\nBinary: a\nVersion: 1\nArchitecture: any\n',
    P: '\n',
    'tree/a/debian/control': 'Source: b\n\nPackage: b\nArchitecture: any\n',
    'tree/a/debian/changelog':
      'b (1) unstable; urgency=low\n\n  * x\n\n -- a <a@b.c>  Mon, 01 Jan 2024 00:00:00 +0000\n',
  };

  it.each([
    ['-o', 'S'],
    ['-o', './x/../S'],
    ['-o', 'link'],
    ['--order', 'P'],
    ['-o', 'tree/a/debian/control'],
  ])('is never written over what it is made of: %s %s', (option, file) => {
    const cwd = makeTree(inputs);
    symlinkSync('S', join(cwd, 'link'));
    mkdirSync(join(cwd, 'x'));
    const { code, stderr } = runCli(['plan', 'S', 'tree', '--packages', 'amd64=P', option, file], { cwd });
    expect(stderr).toContain(`would write over ${file}, which is read`);
    expect(code).toBe(2);
    for (const [name, text] of Object.entries(inputs))
      expect(readFileSync(join(cwd, name), 'utf8')).toBe(text);
  });
});
