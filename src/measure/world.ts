import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { walkFolder, type FolderUsage } from './walk-folder.ts';

/** What a sampler sees of the machine; tests put a clock and files of their own in its place. */
export interface World {
  /** Milliseconds that only grow, from anywhere. */
  readonly now: () => number;
  /** Calls once after a time; the result takes it back. */
  readonly after: (delayMs: number, call: () => void) => () => void;
  /** A small file of the kernel; undefined when it can't be read. */
  readonly read: (path: string) => string | undefined;
  /** The processes of the machine. */
  readonly processes: () => readonly number[];
  /** What a RAM disk holds; undefined where there is none. */
  readonly ramDisk: (path: string) => RamDiskUsage | undefined;
  readonly walk: (path: string) => Promise<FolderUsage>;
}

export interface RamDiskUsage {
  readonly usedBytes: number;
  /** 0: no limit but the machine's memory. */
  readonly capacityBytes: number;
}

/** @see statfs(2) */
const TMPFS_MAGIC = 0x01021994;

/** This machine. */
export const thisWorld: World = {
  now: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  read: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined; // a process that has ended, a kernel that has no such file
    }
  },
  processes: () =>
    readdirSync('/proc').flatMap((name) => {
      const pid = Number(name);
      return Number.isInteger(pid) ? [pid] : [];
    }),
  ramDisk: ramDiskUsage,
  walk: walkFolder,
};

/** Asks the kernel what a tmpfs holds; undefined for other file systems and where there is nothing. Microseconds. */
export function ramDiskUsage(path: string): RamDiskUsage | undefined {
  try {
    const { type, bsize, blocks, bfree } = statfsSync(path);
    if (type !== TMPFS_MAGIC) return undefined;
    return { usedBytes: (blocks - bfree) * bsize, capacityBytes: blocks * bsize };
  } catch {
    return undefined; // unmounted and removed under us
  }
}
