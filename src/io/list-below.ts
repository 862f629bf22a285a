import { lstatSync, readdirSync, type Dirent } from 'node:fs';
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
export function listBelow(folder: string, wanted: readonly string[], report: Report): readonly string[] {
  const problems: Diagnostic[] = [];
  // to wait for each of thousands of folders takes several times as long as to read it
  const listed = glob.sync([...wanted], {
    cwd: folder,
    ignore: ['**/node_modules/**'],
    followSymbolicLinks: false,
    onlyFiles: false,
    objectMode: true,
    fs: { readdirSync: readdirOf(folder, (problem) => problems.push(problem)) },
  });
  const found: string[] = [];
  for (const { path, dirent } of listed) {
    if (dirent.isDirectory()) continue;
    if (isLost(path, folder)) problems.push(strangeName(join(folder, path)));
    else if (dirent.isFile() || dirent.isSymbolicLink()) found.push(path);
    else problems.push(specialFile(join(folder, path)));
  }
  for (const problem of problems.sort((a, b) => compareText(a.message, b.message))) report(problem);
  return found.sort(compareText);
}

/** Lists a folder for fast-glob, which ends at the first that it can't read: here such a folder is reported, and empty. */
function readdirOf(root: string, report: Report): FileSystemAdapter['readdirSync'] {
  function list(absolute: string, options: { readonly withFileTypes: true }): Dirent[];
  function list(absolute: string): string[];
  function list(absolute: string, options?: object): Dirent[] | string[] {
    const below = relative(resolve(root), absolute);
    const path = join(root, below);
    try {
      if (options === undefined) return readdirSync(path);
      return readdirSync(path, { withFileTypes: true }).filter((entry) => !isStrange(entry, path, report));
    } catch (error) {
      if (below === '' || systemCode(error) !== 'ENOENT') report(unreadablePath(path, systemReason(error)));
      return [];
    }
  }
  return list;
}

/** Whether a folder can't be walked because of its name, which is reported. */
function isStrange(entry: Dirent, folder: string, report: Report): boolean {
  if (!entry.isDirectory() || entry.name.startsWith('.')) return false;
  if (!LINE_END.test(entry.name) && !isLost(entry.name, folder)) return false;
  report(strangeName(join(folder, entry.name)));
  return true;
}

/** Whether nothing of this name is there, because bytes of it are no text. */
function isLost(path: string, folder: string): boolean {
  return path.includes(REPLACEMENT) && lstatSync(join(folder, path), { throwIfNoEntry: false }) === undefined;
}
