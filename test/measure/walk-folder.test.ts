import { execFileSync } from 'node:child_process';
import { linkSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { walkFolder } from '../../src/measure/walk-folder.ts';
import { makeTree } from '../io/temp-tree.ts';

const CONTENT = new Uint8Array(100_000).fill(1);

describe('a walk through a folder', () => {
  it('finds what du finds', async () => {
    const folder = makeTree({ 'a/b/one': CONTENT, 'a/two': CONTENT, 'three.txt': 'x' });
    const [kib] = execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t');
    const { bytes, files } = await walkFolder(folder);
    expect(bytes).toBe(Number(kib) * 1024);
    expect(files).toBe(6);
  });

  it('counts a file with two names once', async () => {
    const folder = makeTree({ one: CONTENT });
    const before = await walkFolder(folder);
    linkSync(join(folder, 'one'), join(folder, 'other'));
    expect((await walkFolder(folder)).bytes).toBe(before.bytes);
  });

  it('counts no holes, and follows no symbolic links', async () => {
    const folder = makeTree({ sparse: '' });
    const before = await walkFolder(folder);
    truncateSync(join(folder, 'sparse'), 2 ** 30);
    symlinkSync('/', join(folder, 'root'));
    const { bytes, files } = await walkFolder(folder);
    expect(bytes - before.bytes).toBeLessThan(10_000);
    expect(files).toBe(3);
  });

  it('passes over what vanishes under it', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1500 }, (_, index) => [`d${index % 30}/${index}`, 'x']),
    );
    const folder = makeTree(many);
    const walk = walkFolder(folder); // the first slice is done; the others follow in later turns
    rmSync(folder, { recursive: true });
    writeFileSync(folder, ''); // a part of the path is now a file
    expect((await walk).unreadableFolders).toBe(0);
  });

  it('finds nothing where nothing is', async () => {
    const { bytes, files } = await walkFolder('/nonexistent/folder');
    expect({ bytes, files }).toEqual({ bytes: 0, files: 0 });
  });
});
