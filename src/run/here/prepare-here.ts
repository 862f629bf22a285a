import { readFile, realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { UserError, type Report } from '../../base/diagnostic.ts';
import { BACKENDS } from '../backends/backends.ts';
import type { BuildUser, SbuildSettings } from '../backends/backend.ts';
import { closedFolder, noChroot, noSubordinateUsers, noSuchUser, unquotableFolder } from './diagnostics.ts';
import type { HereOptions } from './here-options.ts';
import { systemCode } from '../../io/system-error.ts';
import { describeMachine, placeDiagnostics, type Machine } from './machine.ts';
import { runTool } from '../run-tool.ts';

/** sbuild evaluates the path of its settings as Perl and as shell. */
const UNQUOTABLE = /['"`$\\@]|[\u0000-\u001F]/;

/**
 * Finds out what this machine can do for a run, and says what will not be as planned. The work folder need not be there yet.
 * @param hasRamTasks whether anything is planned for RAM disks
 * @throws UserError where no build could succeed
 */
export async function prepareHere(
  { work, settings, user, ramDirectory }: Pick<HereOptions, 'work' | 'settings' | 'user' | 'ramDirectory'>,
  hasRamTasks: boolean,
  report: Report,
): Promise<Machine> {
  const machine = await describeMachine();
  const backend = BACKENDS[settings.backend];
  if (settings.backend === 'sbuild') await checkSbuild(work.root, settings.sbuild, user?.name);
  if (backend.comesAsOthers || user !== undefined) {
    const closed = await firstClosed([work.root, ...(ramDirectory === undefined ? [] : [ramDirectory])]);
    if (closed !== undefined) throw new UserError([closedFolder(closed)]);
  }
  if (hasRamTasks)
    for (const diagnostic of placeDiagnostics(machine, settings, ramDirectory)) report(diagnostic);
  return machine;
}

async function checkSbuild(
  root: string,
  { mode, chroots }: SbuildSettings,
  userName: string = userInfo().username,
): Promise<void> {
  if (UNQUOTABLE.test(root)) throw new UserError([unquotableFolder(root)]);
  if (mode !== 'unshare') return;
  const ranges = await Promise.all(['/etc/subuid', '/etc/subgid'].map(textOf));
  if (!ranges.every((text) => text.split('\n').some((line) => line.startsWith(`${userName}:`)))) {
    throw new UserError([noSubordinateUsers(userName)]);
  }
  for (const [arch, chroot] of chroots) {
    const isThere = !chroot.includes('/') || (await isFile(chroot));
    if (!isThere) throw new UserError([noChroot(arch, chroot)]);
  }
}

/** Empty where there is none. */
async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The path without links, as far as it is there. */
async function nearestReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || path === dirname(path)) throw error;
    return nearestReal(dirname(path));
  }
}

/** @returns the topmost folder on the way that users other than its owner and group may not enter */
async function firstClosed(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const way: string[] = [];
    for (let folder = await nearestReal(path); ; folder = dirname(folder)) {
      way.unshift(folder);
      if (folder === dirname(folder)) break;
    }
    for (const folder of way) if (((await stat(folder)).mode & 0o001) === 0) return folder;
  }
  return undefined;
}

/**
 * Looks up a user of this machine.
 * @throws UserError when there is none of that name
 */
export async function findUser(name: string): Promise<BuildUser> {
  const { stdout } = await runTool('getent', ['passwd', '--', name]);
  const [found = '', , uid, gid, , home] = stdout.trimEnd().split(':');
  if (uid === undefined || gid === undefined || home === undefined) throw new UserError([noSuchUser(name)]);
  return { name: found, uid: Number(uid), gid: Number(gid), home };
}
