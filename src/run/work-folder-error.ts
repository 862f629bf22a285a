import { UserError, type Diagnostic } from '../base/diagnostic.ts';
import { systemCode, systemReason } from '../io/system-error.ts';
import { brokenWorkFolder } from './diagnostics.ts';
import type { WorkFolder } from './work-folder.ts';

/** What a disk says that takes no more: nothing that debplan could have done otherwise. */
const OF_DISKS: ReadonlySet<string> = new Set([
  ...['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'ENODEV', 'ESTALE', 'EFBIG'],
  ...['EACCES', 'EPERM', 'ENOTCONN'],
]);

/**
 * An error of a run, as somebody has to be told of it who can mend the disk of the work folder: all of its operations pass through
 * here, whoever made them.
 * @returns the error as it was, where it is another one
 */
export function workFolderError(error: unknown, { root }: Pick<WorkFolder, 'root'>): unknown {
  if (error instanceof UserError)
    return new UserError(error.diagnostics.map((diagnostic) => ofWorkFolder(diagnostic, { root })));
  const code = systemCode(error);
  if (code === undefined || !OF_DISKS.has(code)) return error;
  return new UserError([brokenWorkFolder(root, wordsOf(error))]);
}

/** A hint for commands that write one file is of no use here. */
export function ofWorkFolder(diagnostic: Diagnostic, { root }: Pick<WorkFolder, 'root'>): Diagnostic {
  const isOurs = diagnostic.code === 'unwritable-path' && diagnostic.message.includes(`'${root}`);
  if (!isOurs) return diagnostic;
  const { hint } = brokenWorkFolder(root, '');
  return hint === undefined ? diagnostic : { ...diagnostic, hint };
}

/** `no space left: '/srv/run/attempts/a.1'`. */
function wordsOf(error: unknown): string {
  const path = error instanceof Error && 'path' in error ? error.path : undefined;
  return typeof path === 'string' ? `${systemReason(error)}: '${path}'` : systemReason(error);
}
