import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import glob, { type FileSystemAdapter } from 'fast-glob';
import { compareText } from '../base/compare.ts';
import type { Diagnostic, Report } from '../base/diagnostic.ts';
import { specialFile, strangeName, unreadablePath } from './diagnostics.ts';
import { systemCode, systemReason } from './system-error.ts';

/** What stands in a name for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';
/** A pattern's `**` ends at these. */
const LINE_END = /[\n\r\u2028\u2029]/;

/**
 * Lists files below a folder, at any depth: relative paths, sorted. What begins with a dot and node_modules are left out; links to
 * folders are not followed, so they can't lead in a circle. A folder that can't be entered is reported, and the others are
 * listed; one that vanishes meanwhile counts as never there. Reported as well are pipes, sockets and devices, names that are not UTF-8,
 * which nobody can open, and folders with line ends in their names.
 * @param wanted patterns of fast-glob
 * @returns links too, wherever they lead
 */
export async function listBelow(
  folder: string,
  wanted: readonly string[],
  report: Report,
): Promise<readonly string[]> {
  const problems: Diagnostic[] = [];
  const listed = await glob([...wanted], {
    cwd: folder,
    ignore: ['**/node_modules/**'],
    followSymbolicLinks: false,
    onlyFiles: false,
    objectMode: true,
    fs: { readdir: readdirOf(folder, (problem) => problems.push(problem)) },
  });
  const found: string[] = [];
  for (const { path, dirent } of listed) {
    if (dirent.isDirectory()) continue;
    if (await isLost(path, folder)) problems.push(strangeName(join(folder, path)));
    else if (dirent.isFile() || dirent.isSymbolicLink()) found.push(path);
    else problems.push(specialFile(join(folder, path)));
  }
  for (const problem of problems.sort((a, b) => compareText(a.message, b.message))) report(problem);
  return found.sort(compareText);
}

/** Lists a folder for fast-glob, which ends at the first that it can't read: here such a folder is reported, and empty. */
function readdirOf(root: string, report: Report): FileSystemAdapter['readdir'] {
  const list = async (absolute: string): Promise<Dirent[]> => {
    const below = relative(resolve(root), absolute);
    const path = join(root, below);
    try {
      const entries = await readdir(path, { withFileTypes: true });
      const isOpen = await Promise.all(entries.map(async (entry) => !(await isStrange(entry, path, report))));
      return entries.filter((_, index) => isOpen[index]);
    } catch (error) {
      if (below === '' || systemCode(error) !== 'ENOENT') report(unreadablePath(path, systemReason(error)));
      return [];
    }
  };
  return (path: string, ...rest: readonly unknown[]) => {
    const done = rest.at(-1);
    if (typeof done !== 'function') throw new Error('BUG: fast-glob asks as Node does');
    void list(path).then((entries: Dirent[]) => {
      Reflect.apply(done, undefined, [null, entries]);
    });
  };
}

/** Whether a folder can't be walked because of its name, which is reported. */
async function isStrange(entry: Dirent, folder: string, report: Report): Promise<boolean> {
  if (!entry.isDirectory()) return false;
  if (!LINE_END.test(entry.name) && !(await isLost(entry.name, folder))) return false;
  report(strangeName(join(folder, entry.name)));
  return true;
}

/** Whether nothing of this name is there, because bytes of it are no text. */
async function isLost(path: string, folder: string): Promise<boolean> {
  if (!path.includes(REPLACEMENT)) return false;
  return lstat(join(folder, path)).then(
    () => false,
    () => true,
  );
}
