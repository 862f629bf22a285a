import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { writeFilesAtomically } from '../../src/io/write-output.ts';
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
