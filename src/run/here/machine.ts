import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { BACKENDS } from '../backends/backends.ts';
import type { BuilderSettings } from '../backends/backend.ts';
import { ramDiskUsage } from '../../measure/world.ts';
import { noRamDisk, notARamDisk, sharedRamDisk } from './diagnostics.ts';
import { aloneInside, mountInside } from './mounts.ts';
import { runTool } from '../run-tool.ts';

/** What this machine lets this user do; why not, where it doesn't. */
export interface Machine {
  readonly isRoot: boolean;
  /** Whether file systems may be mounted; else the reason. */
  readonly mounts: true | string;
  /** Whether a namespace of its own may be made, with a RAM disk in it; else the reason. */
  readonly namespaces: true | string;
  /** Whether a build can have a namespace of processes, which ends with it. */
  readonly isolates: boolean;
}

/** Finds out by trying, in the temporary folder; nothing stays. Some ms. */
export async function describeMachine(): Promise<Machine> {
  const isRoot = process.getuid?.() === 0;
  const folder = await mkdtemp(join(tmpdir(), 'debplan-mount-'));
  try {
    const alone = aloneInside({ file: 'true', args: [] }, isRoot);
    return {
      isRoot,
      mounts: await tryMount(folder, isRoot),
      namespaces: await tryNamespace(folder),
      isolates: (await runTool(alone.file, alone.args)).isDone,
    };
  } finally {
    await rmdir(folder);
  }
}

async function tryMount(folder: string, isRoot: boolean): Promise<Machine['mounts']> {
  if (!isRoot) return 'only root may mount';
  // in a namespace, with which it goes: nobody is left to unmount what a runner had mounted that is killed here
  const mount = ['mount', '-t', 'tmpfs', '-o', 'size=64k', 'debplan', folder];
  const mounted = await runTool('unshare', ['--mount', '--', ...mount]);
  return mounted.isDone ? true : mounted.reason;
}

async function tryNamespace(folder: string): Promise<Machine['namespaces']> {
  const tried = await runTool('unshare', [...mountInside(false), '65536', folder, 'true']);
  return tried.isDone ? true : `no user namespaces here (${tried.reason})`;
}

/** Where builds that are planned for RAM disks are made. */
export type RamPlace = 'mount' | 'namespace' | 'shared' | 'disk';

/** @param ramDirectory a RAM disk that the user named: it wins */
export function ramPlace(
  { mounts, namespaces }: Machine,
  settings: BuilderSettings,
  ramDirectory: string | undefined,
): RamPlace {
  const backend = BACKENDS[settings.backend];
  if (backend.holds(settings) === undefined) return 'disk';
  if (ramDirectory !== undefined) return 'shared';
  if (mounts === true) return 'mount';
  return namespaces === true && backend.livesInNamespace(settings) ? 'namespace' : 'disk';
}

/** What is to be said, once a run, of where builds are made. */
export function placeDiagnostics(
  machine: Machine,
  settings: BuilderSettings,
  ramDirectory: string | undefined,
): readonly Diagnostic[] {
  const place = ramPlace(machine, settings, ramDirectory);
  if (place === 'shared' && ramDirectory !== undefined) {
    return [
      ramDiskUsage(ramDirectory) === undefined ? notARamDisk(ramDirectory) : sharedRamDisk(ramDirectory),
    ];
  }
  return place === 'disk' ? [noRamDisk(reasonsOf(machine, settings))] : [];
}

function reasonsOf({ mounts, namespaces }: Machine, settings: BuilderSettings): readonly string[] {
  const backend = BACKENDS[settings.backend];
  if (backend.holds(settings) === undefined) return ["schroot's own settings say where its sessions are"];
  const inside = backend.livesInNamespace(settings)
    ? namespaces
    : `${settings.backend} can't work inside another user namespace`;
  return [mounts, inside].filter((reason) => reason !== true);
}
