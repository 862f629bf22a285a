import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { appendLines, checkAppendable } from '../../src/io/append-lines.ts';
import { makeTree } from './temp-tree.ts';

describe('appendLines', () => {
  it('adds to what is there, and makes what is missing', async () => {
    const folder = makeTree({ h: 'a\n' });
    await appendLines(join(folder, 'h'), ['b\n', 'c\n']);
    await appendLines(join(folder, 'other'), ['d\n']);
    expect(readFileSync(join(folder, 'h'), 'utf8')).toBe('a\nb\nc\n');
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('d\n');
  });

  it('closes a last line that was cut short', async () => {
    const folder = makeTree({ h: 'a\n{"torn' });
    await appendLines(join(folder, 'h'), ['b\n']);
    expect(readFileSync(join(folder, 'h'), 'utf8')).toBe('a\n{"torn\nb\n');
  });

  it('touches nothing when there is nothing to add', async () => {
    const folder = makeTree();
    await appendLines(join(folder, 'h'), []);
    expect(() => readFileSync(join(folder, 'h'))).toThrow('ENOENT');
  });

  it('mixes no lines of many who write at once', async () => {
    const path = join(makeTree(), 'h');
    const long = 'x'.repeat(100_000);
    const blocks = Array.from({ length: 40 }, (_, writer) => [
      `${String(writer)}${long}\n`,
      `${String(writer)}\n`,
    ]);
    await Promise.all(blocks.map((lines) => appendLines(path, lines)));
    const written = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    expect(written.sort()).toEqual(
      blocks
        .flat()
        .map((line) => line.trimEnd())
        .sort(),
    );
  });

  it.each([
    ['a folder', '.', 'is a folder'],
    ['a path through a file', 'h/x', 'a part of the path is a file'],
    ['a folder that is not there', 'x/y', 'no such file or folder'],
    ['a full disk', '/dev/full', 'no space left'],
  ])('refuses %s by name and leaves the rest alone', async (_, name, reason) => {
    const folder = makeTree({ h: 'a\n' });
    const path = name.startsWith('/') ? name : join(folder, name);
    const failure = await appendLines(path, ['b\n']).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    if (failure instanceof UserError) {
      expect(failure.diagnostics).toMatchObject([
        { code: 'unwritable-path', message: `cannot add to '${path}': ${reason}` },
      ]);
    }
    expect(readFileSync(join(folder, 'h'), 'utf8')).toBe('a\n');
  });
});

describe('checkAppendable', () => {
  it('lets files pass that are there or can be made, and makes nothing', async () => {
    const folder = makeTree({ h: 'a\n' });
    for (const name of ['h', 'new']) await checkAppendable(join(folder, name));
    await checkAppendable('/dev/null');
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  it.each([
    ['.', 'unwritable-path'],
    ['h/x', 'unwritable-path'],
    ['x/y', 'missing-folder'],
    ['packed', 'compressed-target'],
  ])('refuses %s as %s', async (name, code) => {
    const folder = makeTree({ h: 'a\n', packed: gzipSync('a\n') });
    const failure = await checkAppendable(name.startsWith('/') ? name : join(folder, name)).catch(
      (error: unknown) => error,
    );
    expect(failure instanceof UserError ? failure.diagnostics : []).toMatchObject([{ code }]);
  });
});
