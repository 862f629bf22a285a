import { isFull, isRamDisk, type DiskUsage } from './disk-usage.ts';

const GIB = 1024 ** 3;
/** No base chroot is as large; a disk that others use too is. */
const MOST_BASE_BYTES = 8 * GIB;
/** Beside the build tree a build writes to /tmp and /var, hardly more than this. */
const MOST_OUTSIDE_BYTES = GIB;

/** When `df` was asked: before anything was installed, before and after the build. */
export type SpaceMoment = 'setup' | 'starting' | 'finished';

/** What it said. */
export type SpaceReadings = ReadonlyMap<SpaceMoment, DiskUsage>;

/** The sizes that `df` and `du` give; what can't be this chroot's alone is left out. */
export interface ChrootSizes {
  readonly baseBytes?: number | undefined;
  readonly chrootBytes?: number | undefined;
  readonly endBytes?: number | undefined;
  readonly mode?: 'ram' | undefined;
  readonly problem?: string | undefined;
}

/**
 * Makes sizes of what `df /` said inside the chroot. It counts a whole file system, so only a RAM disk or a volume of the chroot's own
 * tells its size, and not where the numbers show that others write there too.
 */
export function chrootSizes(readings: SpaceReadings, treeBytes: number | undefined): ChrootSizes {
  const all = [...readings.values()];
  const isRam = all.length > 0 && all.every(isRamDisk);
  if (!isRam && !all.every((reading) => /^\/dev\/(?:mapper\/|dm-|loop|zd)/.test(reading.filesystem)))
    return {};
  const mode = isRam ? 'ram' : undefined;
  const base = readings.get('setup')?.usedBytes;
  const chroot = readings.get('starting')?.usedBytes;
  const end = readings.get('finished')?.usedBytes;
  const isShared =
    (base ?? 0) > MOST_BASE_BYTES ||
    (base ?? 0) > (chroot ?? end ?? Infinity) ||
    (treeBytes !== undefined && (end ?? 0) - (chroot ?? end ?? 0) > 2 * treeBytes + MOST_OUTSIDE_BYTES);
  if (isShared) return { mode, problem: 'df: others use the same file system: its sizes are left out' };
  return { baseBytes: base, chrootBytes: chroot, endBytes: end, mode };
}

/** Whether the file system was full when the build ended. */
export function wasFull(readings: SpaceReadings): boolean {
  const finished = readings.get('finished');
  return finished !== undefined && isFull(finished);
}
