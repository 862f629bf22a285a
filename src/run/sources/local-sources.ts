import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { UserError, type Diagnostic, type Report } from '../../base/diagnostic.ts';
import { findDscBelow } from '../../io/find-below.ts';
import { unreadablePath } from '../../io/diagnostics.ts';
import { systemReason } from '../../io/system-error.ts';
import { ambiguousSource, noSourceFolder } from './diagnostics.ts';

/** Absolute paths of source packages, by file name; in order of folders and paths. */
export type DscPaths = ReadonlyMap<string, readonly string[]>;

/** Lists the source packages below folders. @throws UserError for a folder that isn't there */
export async function findDscs(folders: readonly string[], report: Report): Promise<DscPaths> {
  const paths = new Map<string, string[]>();
  for (const folder of folders) {
    await refuseMissing(folder);
    for (const path of findDscBelow(folder, report)) {
      const name = basename(path);
      const others = paths.get(name);
      const absolute = resolve(join(folder, path));
      if (others === undefined) paths.set(name, [absolute]);
      else others.push(absolute);
    }
  }
  return paths;
}

/** The one of several files that counts, if all hold the same: the first. @returns else a diagnostic that names two */
export async function sameDsc(paths: readonly [string, ...string[]]): Promise<string | Diagnostic> {
  const [first, ...others] = paths;
  for (const other of others) {
    if (other !== first && !(await contentOf(first)).equals(await contentOf(other)))
      return ambiguousSource(first, other);
  }
  return first;
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UserError([unreadablePath(path, systemReason(error))]);
  }
}

async function refuseMissing(folder: string): Promise<void> {
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (error) {
    throw new UserError([unreadablePath(folder, systemReason(error))]);
  }
  throw new UserError([noSourceFolder(folder)]);
}
