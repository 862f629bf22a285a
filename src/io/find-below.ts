import { join } from 'node:path';
import glob from 'fast-glob';
import { compareText } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import { parseListName } from '../parse/starlingx/folder-list.ts';
import { specialFile, unreadablePath } from './diagnostics.ts';
import { systemReason } from './system-error.ts';

/** The file that marks a StarlingX repository. */
export const LAYER_FILE = 'debian_build_layer.cfg';

const PATTERNS = [
  '**/debian/control',
  '**/*.dsc',
  `**/${LAYER_FILE}`,
  '**/debian_pkg_dirs*',
  '**/debian_*_pkg_dirs*',
  '**/debian/{,*/}meta_data.yaml',
  '**/debian/{,*/}deb_folder/{control,changelog}',
  '**/debian/changelog',
];

/** Whether a file of this name makes its folder a StarlingX repository. */
export function isStarlingxMarker(name: string): boolean {
  return name === LAYER_FILE || parseListName(name) !== undefined;
}

/**
 * Lists what may be an input below a folder, in one walk: relative paths, sorted. Folders that begin with a dot and
 * node_modules are left out; links to folders are not followed, so they can't lead in a circle. Pipes, sockets and devices are reported.
 * @returns empty when there is neither a control, a .dsc nor a StarlingX repository
 */
export async function findBelow(folder: string, report: Report): Promise<readonly string[]> {
  const files = await walk(folder, PATTERNS, report);
  const isInput = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return path.endsWith('debian/control') || name.endsWith('.dsc') || isStarlingxMarker(name);
  };
  return files.some(isInput) ? [...files].sort(compareText) : [];
}

/** Lists the source packages below a folder: relative paths of `.dsc` files, sorted; walks as `findBelow` does. */
export async function findDscBelow(folder: string, report: Report): Promise<readonly string[]> {
  return [...(await walk(folder, ['**/*.dsc'], report))].sort(compareText);
}

const PACKED = '{,.gz,.xz,.zst,.lz4,.bz2}';
/** What logs of builds are called, and what lies beside them. Build daemons leave out the suffix. */
const LOG_PATTERNS = [
  `**/*.{build,buildinfo,changes,log}${PACKED}`,
  `**/buildlog_*.txt${PACKED}`,
  `**/*_*_*-????-??-??T??:??:??Z${PACKED}`,
  `**/*_*_*-????????-????${PACKED}`,
  '**/{build-time,install-download-time}',
];

/** Lists what may tell of a build below a folder: relative paths, sorted; walks as `findBelow` does. */
export async function findLogsBelow(folder: string, report: Report): Promise<readonly string[]> {
  return [...(await walk(folder, LOG_PATTERNS, report))].sort(compareText);
}

async function walk(folder: string, patterns: readonly string[], report: Report): Promise<readonly string[]> {
  const read = async (suppressErrors: boolean): Promise<readonly string[]> => {
    const entries = await glob([...patterns], {
      cwd: folder,
      ignore: ['**/node_modules/**'],
      followSymbolicLinks: false,
      onlyFiles: false,
      objectMode: true,
      suppressErrors,
    });
    return entries.flatMap(({ dirent, path }) => {
      if (dirent.isFile() || dirent.isSymbolicLink()) return [path];
      if (!dirent.isDirectory()) report(specialFile(join(folder, path)));
      return [];
    });
  };
  try {
    return await read(false);
  } catch (error) {
    // One folder can't be entered: say so, and take what the others hold.
    const path = error instanceof Error && 'path' in error ? String(error.path) : folder;
    report(unreadablePath(path, systemReason(error)));
    return read(true);
  }
}
