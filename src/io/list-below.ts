import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { compareText } from '../base/compare.ts';
import type { Diagnostic, Report } from '../base/diagnostic.ts';
import { specialFile, strangeName, unreadablePath } from './diagnostics.ts';
import { systemCode, systemReason } from './system-error.ts';

/** Folders open at once. */
const OPEN_FOLDERS = 32;
/** What stands in a name for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

/**
 * Lists files below a folder, at any depth: relative paths, sorted. What begins with a dot and node_modules are left out; links to
 * folders are not followed, so they can't lead in a circle. A folder that can't be entered is reported, and the others are
 * listed; one that vanishes meanwhile counts as never there. So are pipes, sockets and devices, and names that are not UTF-8, which nobody can open.
 * @param wanted one of them must match the path with a `/` in front
 * @returns links too, wherever they lead
 */
export async function listBelow(
  folder: string,
  wanted: readonly RegExp[],
  report: Report,
): Promise<readonly string[]> {
  const limit = pLimit(OPEN_FOLDERS);
  const isWanted = (path: string): boolean => wanted.some((pattern) => pattern.test(path));
  const found: string[] = [];
  const problems: Diagnostic[] = [];
  let level: readonly string[] = [''];
  while (level.length > 0) {
    const lists = await Promise.all(level.map((below) => limit(() => listFolder(folder, below))));
    const folders: string[] = [];
    for (const listed of lists) {
      if (!Array.isArray(listed)) problems.push(listed);
      else
        for (const { path, kind } of listed) {
          if (kind === 'folder') folders.push(path);
          else if (kind === 'lost folder' || isWanted(path)) {
            if (kind === 'file') found.push(path.slice(1));
            else problems.push((kind === 'other' ? specialFile : strangeName)(join(folder, path)));
          }
        }
    }
    level = folders;
  }
  for (const problem of problems.sort((a, b) => compareText(a.message, b.message))) report(problem);
  return found.sort(compareText);
}

interface Entry {
  /** Below the folder that is listed, with a `/` in front. */
  readonly path: string;
  readonly kind: 'folder' | 'file' | 'other' | 'lost folder' | 'lost file';
}

/** What lies in a folder, or why that is not known. */
async function listFolder(folder: string, below: string): Promise<Entry[] | Diagnostic> {
  const path = join(folder, below);
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const shown = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
    return await Promise.all(
      shown.map(async (entry) => ({ path: `${below}/${entry.name}`, kind: await kindOf(path, entry) })),
    );
  } catch (error) {
    if (below !== '' && systemCode(error) === 'ENOENT') return [];
    return unreadablePath(path, systemReason(error));
  }
}

async function kindOf(folder: string, entry: Dirent): Promise<Entry['kind']> {
  const isLost = entry.name.includes(REPLACEMENT) && !(await isThere(join(folder, entry.name)));
  if (entry.isDirectory()) return isLost ? 'lost folder' : 'folder';
  if (isLost) return 'lost file';
  return entry.isFile() || entry.isSymbolicLink() ? 'file' : 'other';
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
