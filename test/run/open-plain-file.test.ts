import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundLog } from '../../src/run/here/bound-log.ts';
import { openPlainFile } from '../../src/run/open-plain-file.ts';
import { readLogEnds } from '../../src/run/read-log-ends.ts';
import { readClaim, readExit } from '../../src/run/shim.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'debplan-plain-'));
  writeFileSync(join(root, 'plain'), 'text');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const PUT: Readonly<Record<string, (path: string) => void>> = {
  'a pipe that nobody writes to': (path) => execFileSync('mkfifo', [path]),
  'a folder': (path) => {
    mkdirSync(path);
  },
  'a link': (path) => {
    symlinkSync(join(root, 'plain'), path);
  },
  'a link to itself': (path) => {
    symlinkSync(path, path);
  },
};

describe.each(Object.entries(PUT))('%s in the place of a file', (_, put) => {
  it('is as if there was none', async () => {
    for (const name of ['log', 'exit', 'claim']) put(join(root, name));
    expect(await openPlainFile(join(root, 'log'))).toBeUndefined();
    await boundLog(join(root, 'log'), 1);
    expect(await readLogEnds(join(root, 'log'))).toBe('');
    expect(await readExit(root)).toBeUndefined();
    expect(await readClaim(root)).toBeUndefined();
  });

  it('keeps no log from being cut', async () => {
    writeFileSync(join(root, 'log'), 'x'.repeat(100));
    put(join(root, 'log.cut'));
    await boundLog(join(root, 'log'), 10);
    expect(await readLogEnds(join(root, 'log'))).toMatch(/^x{5}\ndebplan: 90 bytes .*\nx{5}$/);
  });
});

describe('a plain file', () => {
  it('is opened', async () => {
    const file = await openPlainFile(join(root, 'plain'));
    expect(await file?.readFile('utf8')).toBe('text');
    await file?.close();
  });
});
