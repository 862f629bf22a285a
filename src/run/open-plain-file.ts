import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { systemCode } from '../io/system-error.ts';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Opens a file for reading that a build could have put something else in the place of: never waits for a pipe's other end, never
 * follows a link.
 * @returns undefined: there is none, or no plain one
 */
export async function openPlainFile(path: string): Promise<FileHandle | undefined> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    if (NOT_PLAIN.has(systemCode(error) ?? '')) return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  if ((await file.stat()).isFile()) return file;
  await file.close();
  return undefined;
}

/** Nothing, a link, a socket or a device that isn't there. */
const NOT_PLAIN: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'ENODEV']);
