import { chmod, chown, mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Report } from '../../base/diagnostic.ts';
import { systemCode, systemReason } from '../../io/system-error.ts';
import { ramDiskUsage } from '../../measure/world.ts';
import type { FootprintPlace } from '../../measure/measured.ts';
import type { Attempt } from '../attempt.ts';
import type { WorkFolder } from '../work-folder.ts';
import type { AttemptRecord } from './attempt-record-schema.ts';
import { lazilyUnmounted, leftFolder, stillMounted } from './diagnostics.ts';
import { mountRamDisk, mountsBelow, unmount, type Owner } from './mounts.ts';
import type { RamPlace } from './machine.ts';
import { runTool } from './run-tool.ts';

/** Where an attempt has its chroot and build tree. */
export type BuildPlace = AttemptRecord['place'];

export interface PlaceRequest {
  readonly attempt: Attempt;
  readonly work: WorkFolder;
  /** Where builds on RAM disks are made. */
  readonly ramPlace: RamPlace;
  readonly ramDirectory: string | undefined;
  readonly owner: Owner;
}

/** Where an attempt builds, unless it shares a RAM disk. @param folder the attempt's */
export function placeFolder(
  { ramDisks }: WorkFolder,
  folder: string,
  kind: Exclude<RamPlace, 'shared'>,
): string {
  return kind === 'disk' ? join(folder, 'work') : join(ramDisks, basename(folder));
}

/** What folders of builds are called on a RAM disk that is others' too. */
const SHARED = 'debplan-run-';

/** Makes the folder, and says what it is; a RAM disk is not there before `openPlace`. */
export async function makePlace({
  attempt,
  work,
  ramPlace,
  ramDirectory,
  owner,
}: PlaceRequest): Promise<BuildPlace> {
  const kind = attempt.mode === 'ram' ? ramPlace : 'disk';
  if (kind === 'shared' && ramDirectory !== undefined) {
    const path = await mkdtemp(join(ramDirectory, SHARED));
    await give(path, owner);
    return { kind, path };
  }
  const own = kind === 'shared' ? 'disk' : kind;
  const path = placeFolder(work, attempt.folder, own);
  await mkdir(path, { recursive: true });
  await give(path, owner);
  return { kind: own, path };
}

/** @returns why it can't be used; undefined: it can */
export async function openPlace(
  { kind, path }: BuildPlace,
  bytes: number,
  owner: Owner,
): Promise<string | undefined> {
  return kind === 'mount' ? mountRamDisk(path, bytes, owner) : undefined;
}

/** What a sampler is to look at. */
export function footprintOf({ kind, path }: BuildPlace): FootprintPlace {
  const isRam = kind === 'mount' || kind === 'namespace';
  // a RAM disk that others share is not this build's alone: its folder is
  return { kind: isRam ? 'ram' : 'folder', path };
}

/** Whether it is memory that the build fills. */
export function isInMemory({ kind, path }: BuildPlace): boolean {
  return kind !== 'disk' && (kind !== 'shared' || ramDiskUsage(path) !== undefined);
}

/** Unmounts and removes it, and what a build has mounted in it. Nothing of the build may run any more. */
export async function removePlace({ kind, path }: BuildPlace, report: Report): Promise<void> {
  // who has changed the record must not make us remove anything else
  if (kind === 'shared' && !basename(path).startsWith(SHARED)) return;
  const unmounted = await unmount(path);
  if (unmounted === 'lazily') report(lazilyUnmounted(path));
  else if (unmounted !== 'gone') {
    report(stillMounted(path, unmounted.reason));
    return; // what is below is not ours to remove
  }
  await removeFolder(path, report);
}

/**
 * Removes a folder with all that is in it, but nothing that is mounted there. Where this user may not, a chroot of sbuild's own
 * users is removed as root of their namespace.
 */
export async function removeFolder(path: string, report: Report): Promise<void> {
  try {
    await rmdir(path); // nearly always empty
    return;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
  }
  const [inner] = await mountsBelow(path);
  if (inner !== undefined) {
    report(stillMounted(inner, 'it is in use'));
    return;
  }
  const words = ['-rf', '--one-file-system', '--', path];
  const removed = await runTool('rm', words);
  if (removed.isDone) return;
  const inside = await runTool('unshare', ['--map-root-user', '--map-auto', '--', 'rm', ...words]);
  if (inside.isDone) return;
  await rmdir(path).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') report(leftFolder(path, systemReason(error)));
  });
}

/** Others may pass: chroots have users of their own. */
async function give(path: string, { uid, gid }: Owner): Promise<void> {
  await chmod(path, 0o755);
  if (process.getuid?.() === 0) await chown(path, uid, gid);
}
