/** One line of `df`, in bytes. */
export interface DiskUsage {
  readonly filesystem: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
  readonly availableBytes: number;
}

const MIB = 1024 ** 2;
/** What `df` calls its unit → bytes; with `-h` it rounds too much. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['1K-blocks', 1024],
  ['1024-blocks', 1024],
  ['512B-blocks', 512],
  ['512-blocks', 512],
  ['1B-blocks', 1],
  ['1M-blocks', MIB],
  ['1048576-blocks', MIB],
]);

/** The unit that the header of `df` names, in bytes; undefined when the line is no such header or its unit is not exact. */
export function diskUnit(line: string): number | undefined {
  if (!line.startsWith('Filesystem')) return undefined;
  const word = /^Filesystem +(\S+) +Used +Avail/.exec(line)?.[1];
  return word === undefined ? undefined : UNITS.get(word);
}

/** Reads a line below the header, also one whose long device name stands on the line before. */
export function parseDiskUsage(line: string, unit: number): DiskUsage | undefined {
  const match = /^(\S*) +(\d{1,15}) +(\d{1,15}) +(\d{1,15}) +\d{1,3}% +\S/.exec(line);
  if (match === null) return undefined;
  const [, filesystem = '', total, used, available] = match;
  return {
    filesystem,
    totalBytes: Number(total) * unit,
    usedBytes: Number(used) * unit,
    availableBytes: Number(available) * unit,
  };
}

/**
 * Whether this is a RAM disk: it says so, or, where the chroot hides its name, its size is a whole number of MiB and nothing is held back,
 * as no other file system has it.
 */
export function isRamDisk({ filesystem, totalBytes, usedBytes, availableBytes }: DiskUsage): boolean {
  if (filesystem === 'tmpfs' || filesystem === 'ramfs') return true;
  const isHidden = filesystem === '-' || filesystem === '' || filesystem === 'overlay';
  return isHidden && totalBytes % MIB === 0 && usedBytes + availableBytes === totalBytes;
}

/** Whether next to nothing is left. */
export function isFull({ totalBytes, availableBytes }: DiskUsage): boolean {
  return availableBytes < Math.max(MIB, totalBytes / 1000);
}
