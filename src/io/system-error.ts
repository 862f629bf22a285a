import {
  DEVICE_FAILS,
  IS_FOLDER,
  LINKS_IN_CIRCLE,
  NAME_TOO_LONG,
  NO_SUCH_FILE,
  PART_IS_FILE,
} from './system-reasons.ts';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', NO_SUCH_FILE],
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['EISDIR', IS_FOLDER],
  ['ENOTDIR', PART_IS_FILE],
  ['ELOOP', LINKS_IN_CIRCLE],
  ['ENOSPC', 'no space left'],
  ['ENXIO', 'is a socket or a device that is not there'],
  ['EROFS', 'the file system is read-only'],
  ['EMFILE', 'too many open files'],
  ['ENAMETOOLONG', NAME_TOO_LONG],
  ['EIO', DEVICE_FAILS],
  ['EDQUOT', 'the quota is used up'],
  ['EFBIG', 'larger than files may be there'],
  ['ESTALE', 'the network file system has lost it'],
  ['ERR_FS_FILE_TOO_LARGE', 'larger than 2 GiB'],
]);

/** Why an operation of the system failed, in words without paths; unknown codes as they are. */
export function systemReason(error: unknown): string {
  const code = systemCode(error);
  if (code !== undefined) return REASONS.get(code) ?? code;
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error: `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
