import { dirname } from 'node:path';

/** The words for EISDIR. */
export const IS_FOLDER = 'is a folder';

/** The words for ENOENT. */
export const NO_SUCH_FILE = 'no such file or folder';

/** The words for ENOTDIR. */
export const PART_IS_FILE = 'a part of the path is a file';

/** The words for ELOOP. */
export const LINKS_IN_CIRCLE = 'symbolic links lead in a circle';

/** The words for ENAMETOOLONG. */
export const NAME_TOO_LONG = 'the name is too long';

/** The words for EIO. */
export const DEVICE_FAILS = 'the disk or device fails';

/** What stands in a text for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

const HINTS: ReadonlyMap<string, (path: string) => string> = new Map([
  [NO_SUCH_FILE, missingHint],
  [PART_IS_FILE, (path) => `see what is there: ls -ld '${dirname(path)}'`],
  [LINKS_IN_CIRCLE, (path) => `see where it leads: ls -ld '${path}'`],
  [NAME_TOO_LONG, () => 'no file is called so: is this a path, or what stands in a file?'],
  [DEVICE_FAILS, () => 'the kernel may say more: dmesg | tail'],
]);

/** What to type about a path that can't be read. */
export function readingHint(path: string, reason: string): string {
  return HINTS.get(reason)?.(path) ?? `see who may read it: ls -ld '${path}'`;
}

/** Arguments and names of files come as texts, so what is no UTF-8 in them is lost. */
function missingHint(path: string): string {
  return path.includes(REPLACEMENT)
    ? 'a name that is not UTF-8 finds nothing: rename the file, or give it as standard input'
    : `see what is there: ls -d '${path}'*`;
}

/** What to type about a path that can't be written. */
export function writingHint(path: string, reason: string): string {
  if (reason === IS_FOLDER) return `name a file in it, or another place`;
  if (reason === NAME_TOO_LONG) return 'name another place';
  const folder = dirname(path);
  return `name another place, or see who may write there and how full it is: ls -ld '${folder}'; df '${folder}'`;
}
