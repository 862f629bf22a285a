import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';

/** What a folder and all below it occupies. */
export interface FolderUsage {
  /** Allocated blocks: holes of sparse files and data that is not written yet don't count. */
  readonly bytes: number;
  readonly files: number;
  /** Folders that could not be read: what they hold is missing. */
  readonly unreadableFolders: number;
  /** Time spent on it. */
  readonly busyMs: number;
}

/** `st_blocks` counts these, whatever the file system. */
const BLOCK_BYTES = 512;
/** Files between two breaths, in which signals and other work are served: some milliseconds. */
const SLICE = 400;

/**
 * Walks a folder while others write to it. A file with several names counts once; symbolic links are not followed, and other file
 * systems mounted below are left out. What vanishes under the walk is passed over; a file that is moved meanwhile may be missed or
 * count twice. 10–20 µs a file.
 */
export async function walkFolder(root: string): Promise<FolderUsage> {
  const walk = new Walk();
  walk.begin(root);
  let busyMs = 0;
  for (let isDone = false; !isDone;) {
    const start = performance.now();
    isDone = walk.step(SLICE);
    busyMs += performance.now() - start;
    if (!isDone) await nextTurn();
  }
  return { bytes: walk.bytes, files: walk.files, unreadableFolders: walk.unreadable, busyMs };
}

class Walk {
  bytes = 0;
  files = 0;
  unreadable = 0;
  #device = -1;
  readonly #folders: string[] = [];
  /** Paths that were listed and not looked at yet. */
  readonly #entries: string[] = [];
  /** Inodes of files with several names. */
  readonly #linked = new Set<number>();

  begin(root: string): void {
    const stats = look(root);
    if (stats === undefined) return;
    this.#device = stats.dev;
    this.#count(root, stats);
  }

  /** @returns whether all is done */
  step(files: number): boolean {
    for (let left = files; left > 0; left--) {
      const entry = this.#entries.pop();
      if (entry !== undefined) {
        const stats = look(entry);
        if (stats !== undefined) this.#count(entry, stats);
        continue;
      }
      const folder = this.#folders.pop();
      if (folder === undefined) return true;
      this.#list(folder);
    }
    return false;
  }

  #count(path: string, stats: Stats): void {
    if (stats.dev !== this.#device) return;
    if (stats.isDirectory()) this.#folders.push(path);
    else if (stats.nlink > 1) {
      if (this.#linked.has(stats.ino)) return;
      this.#linked.add(stats.ino);
    }
    this.files++;
    this.bytes += stats.blocks * BLOCK_BYTES;
  }

  #list(folder: string): void {
    try {
      for (const name of readdirSync(folder)) this.#entries.push(`${folder}/${name}`);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EACCES' || code === 'EPERM') this.unreadable++; // else it has vanished
    }
  }
}

function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a folder on the way has become a file, or may not be entered
  }
}
