import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderLock } from '../../src/run/folder-lock.ts';
import { makeTree } from '../io/temp-tree.ts';

const CLOCK = (): number => Date.UTC(2026, 10, 23, 12);
const never = (): void => {
  throw new Error('BUG: nobody took the lock away');
};

/** Whether somebody holds a lock. */
function isHeld(path: string): boolean {
  return spawnSync('flock', ['--nonblock', path, 'true']).status !== 0;
}

/** The processes that have a lock file open. */
function holdersOf(path: string): readonly number[] {
  const { stdout } = spawnSync('sh', ['-c', 'ls -l /proc/[0-9]*/fd 2>/dev/null'], { encoding: 'utf8' });
  const blocks = stdout.split('\n\n').filter((block) => `${block}\n`.includes(` -> ${path}\n`));
  return blocks.flatMap((block) => Number(/^\/proc\/(\d+)\/fd/.exec(block)?.[1] ?? []));
}

describe('FolderLock', () => {
  it('is held until it is released, and tells who holds it', async () => {
    const path = join(makeTree(), 'lock');
    const lock = await FolderLock.take(path, CLOCK, never);
    expect(isHeld(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(
      `process ${process.pid} on ${hostname()} since 2026-11-23T12:00:00.000Z\n`,
    );
    await lock.release();
    expect(isHeld(path)).toBe(false);
  });

  it('refuses a second run on the folder, and names the first', async () => {
    const path = join(makeTree(), 'lock');
    const lock = await FolderLock.take(path, CLOCK, never);
    const second = FolderLock.take(path, CLOCK, never);
    await expect(second).rejects.toMatchObject({ diagnostics: [{ code: 'locked-folder' }] });
    await expect(second).rejects.toThrow(`process ${process.pid} on ${hostname()} since 2026-11-23`);
    await lock.release();
  });

  it('waits for a predecessor that is about to go', async () => {
    const path = join(makeTree(), 'lock');
    const first = await FolderLock.take(path, CLOCK, never);
    const second = FolderLock.take(path, CLOCK, never);
    await first.release();
    await (await second).release();
    expect(isHeld(path)).toBe(false);
  });

  it('tells when somebody takes it away', async () => {
    const path = join(makeTree(), 'lock');
    let onLost = never;
    const lost = new Promise<void>((resolve) => (onLost = resolve));
    const lock = await FolderLock.take(path, CLOCK, () => {
      onLost();
    });
    for (const pid of holdersOf(path)) execFileSync('kill', ['-9', String(pid)]);
    await lost;
    await lock.release();
  });
});
