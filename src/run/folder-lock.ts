import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { UserError } from '../base/diagnostic.ts';
import { systemReason } from '../io/system-error.ts';
import { lockedFolder, noLock } from './diagnostics.ts';

/** How long a predecessor that was killed may take to be gone. */
const WAIT_SECONDS = 2;
/** flock's exit code for a lock that another one holds. */
const IS_HELD = 75;
/** Says that it holds the lock, then holds it until nobody is left at the other end of its standard input. */
const HOLD = 'echo held && exec cat >/dev/null';

type Holder = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * The lock of a work folder: a child process that holds an flock(2) on a file for as long as this process lives, however it ends.
 * It works on network file systems too, and leaves nothing to clean up. The child has a session of its own, since Ctrl-C on a
 * terminal must not end it before the run.
 */
export class FolderLock {
  readonly #holder: Holder;
  #isReleased = false;

  private constructor(holder: Holder, onLost: () => void) {
    this.#holder = holder;
    holder.on('exit', () => {
      if (!this.#isReleased) onLost();
    });
  }

  /**
   * @param path the lock file; its folder is there
   * @param clock ms since 1970
   * @param onLost called if somebody kills the child
   * @throws UserError when another run holds it, and does not end within two seconds
   */
  static async take(path: string, clock: () => number, onLost: () => void): Promise<FolderLock> {
    const holder = spawn(
      'flock',
      [
        ...['--exclusive', '--no-fork', '--wait', String(WAIT_SECONDS)],
        ...['--conflict-exit-code', String(IS_HELD), path, 'sh', '-c', HOLD],
      ],
      { detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    holder.stdin.on('error', () => undefined); // it ended first: `exit` tells
    await untilHeld(holder, path);
    const lock = new FolderLock(holder, onLost);
    const since = new Date(clock()).toISOString();
    try {
      await writeFile(path, `process ${process.pid} on ${hostname()} since ${since}\n`);
    } catch (error) {
      await lock.release(); // else the child keeps this process alive
      throw error;
    }
    return lock;
  }

  async release(): Promise<void> {
    this.#isReleased = true;
    const { exitCode, signalCode } = this.#holder;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise((resolve) => this.#holder.once('exit', resolve));
    this.#holder.stdin.end();
    await ended;
  }
}

async function untilHeld(holder: Holder, path: string): Promise<void> {
  let talk = '';
  holder.stderr.on('data', (chunk: Buffer) => (talk += chunk.toString()));
  const outcome = await new Promise<'held' | Error | number>((resolve) => {
    holder.stdout.once('data', () => {
      resolve('held');
    });
    holder.once('error', resolve);
    holder.once('close', (code) => {
      resolve(code ?? -1);
    });
  });
  if (outcome === 'held') return;
  if (outcome === IS_HELD) throw new UserError([lockedFolder(dirname(path), await holderOf(path))]);
  const reason = typeof outcome === 'number' ? talk.trim() : systemReason(outcome);
  throw new UserError([noLock(dirname(path), reason)]);
}

/** What the holder says of itself; empty if it had no time to. */
async function holderOf(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).slice(0, MOST_LETTERS).trim();
  } catch {
    return '';
  }
}

const MOST_LETTERS = 300;
