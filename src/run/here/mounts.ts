import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import type { BuildCommand } from '../backends/build-command.ts';
import { runTool } from '../run-tool.ts';

/** Whose a RAM disk is. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Options of unshare for a namespace of processes: when its first one ends, or unshare is killed, the kernel ends all others, whatever
 * they have done to stay.
 */
const PROCESSES: readonly string[] = ['--pid', '--fork', '--kill-child', '--mount-proc'];

/** A shell stays as the first process: the command need not look after orphans, nor be deaf to signals of its own. */
const AS_SECOND = '"$@"\nexit $?';

/**
 * Words for unshare, to be followed by SIZE FOLDER FILE ARGS…: FILE runs as root of a namespace of its own, in which a RAM disk of SIZE
 * bytes is mounted on FOLDER. It is gone with its last process. Nobody outside sees it, but through /proc/PID/root.
 * @param isolates whether it has a namespace of processes, too
 */
export function mountInside(isolates: boolean): readonly string[] {
  return [
    ...['--user', '--map-root-user', '--mount', ...(isolates ? PROCESSES : []), '--', '/bin/sh', '-c'],
    `mount -t tmpfs -o "size=$1,mode=0755" debplan "$2" && shift 2 || exit\n${AS_SECOND}`,
    'debplan',
  ];
}

/** The command with a RAM disk of its own on a folder, which is there for it alone. */
export function insideNamespace(
  {
    folder,
    bytes,
    isolates,
  }: { readonly folder: string; readonly bytes: number; readonly isolates: boolean },
  { file, args }: Pick<BuildCommand, 'file' | 'args'>,
): Pick<BuildCommand, 'file' | 'args'> {
  return { file: 'unshare', args: [...mountInside(isolates), String(bytes), folder, file, ...args] };
}

/** The command as the same user, in a namespace of processes. @param isRoot else it needs a namespace of users, with this one only */
export function aloneInside(
  { file, args }: Pick<BuildCommand, 'file' | 'args'>,
  isRoot: boolean,
): Pick<BuildCommand, 'file' | 'args'> {
  const users = isRoot ? [] : ['--user', '--map-current-user'];
  const words = [...users, ...PROCESSES, '--', '/bin/sh', '-c', AS_SECOND, 'debplan'];
  return { file: 'unshare', args: [...words, file, ...args] };
}

/** @returns what went wrong; undefined: it is mounted */
export async function mountRamDisk(
  folder: string,
  bytes: number,
  { uid, gid }: Owner,
): Promise<string | undefined> {
  const options = `size=${String(bytes)},mode=0755,uid=${String(uid)},gid=${String(gid)}`;
  const { isDone, reason } = await runTool('mount', ['-t', 'tmpfs', '-o', options, 'debplan', folder]);
  return isDone ? undefined : reason;
}

const ATTEMPTS = 20;
const ATTEMPT_MS = 50;

/** What became of a mount: `lazily`: something still uses it, but no path leads there any more. */
export type Unmounted = 'gone' | 'lazily' | { readonly reason: string };

/** Unmounts all that is mounted on a folder and below it. Who just was killed may hold it a little longer. */
export async function unmount(folder: string): Promise<Unmounted> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const inner = (await mountsBelow(folder)).at(-1);
    if (inner === undefined) return 'gone';
    const { isDone } = await runTool('umount', ['--', inner]);
    if (!isDone) await rest(ATTEMPT_MS);
  }
  let said = '';
  for (const mount of (await mountsBelow(folder)).toReversed()) {
    const { isDone, reason } = await runTool('umount', ['--lazy', '--', mount]);
    if (!isDone) said = reason;
  }
  return (await mountsBelow(folder)).length === 0 ? 'lazily' : { reason: said };
}

/** Mount points at a folder and below it; what is mounted later comes later. The folder's own name is not followed as a link. */
export async function mountsBelow(folder: string): Promise<readonly string[]> {
  const [text, real] = await Promise.all([readFile('/proc/self/mountinfo', 'latin1'), realFolder(folder)]);
  return text
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .map((point) => point.replaceAll(/\\([0-7]{3})/g, (_, code: string) => byteOf(code)))
    .map((point) => Buffer.from(point, 'latin1').toString('utf8'))
    .filter((point) => point === real || point.startsWith(`${real}/`));
}

async function realFolder(folder: string): Promise<string> {
  const parent = dirname(folder);
  // gone: then nothing is mounted there
  return join(await realpath(parent).catch(() => parent), basename(folder));
}

/** The kernel writes blanks and backslashes of paths as octal numbers. */
function byteOf(octal: string): string {
  return String.fromCharCode(Number.parseInt(octal, 8));
}
