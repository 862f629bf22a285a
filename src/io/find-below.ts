import type { Report } from '../base/diagnostic.ts';
import { parseListName } from '../parse/starlingx/folder-list.ts';
import { listBelow } from './list-below.ts';

/** The file that marks a StarlingX repository. */
export const LAYER_FILE = 'debian_build_layer.cfg';

/** What may be an input. */
const INPUTS: readonly string[] = [
  '**/debian/{control,changelog}',
  '**/*.dsc',
  `**/${LAYER_FILE}`,
  '**/debian_pkg_dirs*',
  '**/debian_*_pkg_dirs*',
  '**/debian/{,*/}meta_data.yaml',
  '**/debian/{,*/}deb_folder/{control,changelog}',
];

/** Whether a file of this name makes its folder a StarlingX repository. */
export function isStarlingxMarker(name: string): boolean {
  return name === LAYER_FILE || parseListName(name) !== undefined;
}

/**
 * Lists what may be an input below a folder, in one walk, as `listBelow` does.
 * @returns empty when there is neither a control, a .dsc nor a StarlingX repository
 */
export function findBelow(folder: string, report: Report): readonly string[] {
  const files = listBelow(folder, INPUTS, report);
  const isInput = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return path.endsWith('debian/control') || name.endsWith('.dsc') || isStarlingxMarker(name);
  };
  return files.some(isInput) ? files : [];
}

/** Lists the source packages below a folder: relative paths of `.dsc` files, as `listBelow` does. */
export function findDscBelow(folder: string, report: Report): readonly string[] {
  return listBelow(folder, ['**/*.dsc'], report);
}

const PACKED = '{,.gz,.xz,.zst,.lz4,.bz2}';
/** What logs of builds are called, and what lies beside them. Build daemons leave out the suffix. */
const LOGS: readonly string[] = [
  `**/*.{build,buildinfo,changes,log}${PACKED}`,
  `**/buildlog_*.txt${PACKED}`,
  `**/*_*_*-????-??-??T??:??:??Z${PACKED}`,
  `**/*_*_*-????????-????${PACKED}`,
  '**/{build-time,install-download-time}',
];

/** Lists what may tell of a build below a folder, as `listBelow` does. */
export function findLogsBelow(folder: string, report: Report): readonly string[] {
  return listBelow(folder, LOGS, report);
}
