import { chmod, chown, mkdir, mkdtemp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Report } from '../../base/diagnostic.ts';
import { ramDiskUsage } from '../../measure/world.ts';
import type { FootprintPlace } from '../../measure/measured.ts';
import type { Attempt } from '../attempt.ts';
import { removeFolder } from '../remove-folder.ts';
import type { WorkFolder } from '../work-folder.ts';
import type { AttemptRecord } from './attempt-record-schema.ts';
import { lazilyUnmounted, stillMounted } from './diagnostics.ts';
import { mountRamDisk, unmount, type Owner } from './mounts.ts';
import type { RamPlace } from './machine.ts';

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

/** Others may pass: chroots have users of their own. */
async function give(path: string, { uid, gid }: Owner): Promise<void> {
  await chmod(path, 0o755);
  if (process.getuid?.() === 0) await chown(path, uid, gid);
}
