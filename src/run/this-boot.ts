import { readFile } from 'node:fs/promises';

/** The machine since it was last started. */
export interface Boot {
  readonly bootId: string;
  readonly host: string;
}

export async function thisBoot(): Promise<Boot> {
  const [bootId, host] = await Promise.all(
    ['/proc/sys/kernel/random/boot_id', '/proc/sys/kernel/hostname'].map(async (path) =>
      (await readFile(path, 'utf8')).trim(),
    ),
  );
  return { bootId: bootId ?? '', host: host ?? '' };
}

/**
 * When a process began, in clock ticks since the machine did.
 * @returns undefined: there is none of this number, or it has ended and only its parent doesn't know yet
 */
export async function ticksOf(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    // the name before the last `)` may hold blanks and brackets itself
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const hasEnded = ['Z', 'X'].includes(fields[0] ?? '');
    return hasEnded ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}
