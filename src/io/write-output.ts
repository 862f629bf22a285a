import { chmod, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../base/diagnostic.ts';
import { unwritablePath } from './diagnostics.ts';
import { makeFolder } from './make-folder.ts';
import { systemCode, systemReason } from './system-error.ts';

/**
 * Replaces a file's content as one step: a reader, or a crash, sees the old file or the new one, never a part. Missing
 * parent folders are made, an existing file keeps its mode, a symbolic link its target.
 * @param isExecutable who may read the file may start it, an existing one too
 * @throws UserError naming the path when it can't be written; the old file is then untouched and nothing else is left
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  isExecutable = false,
): Promise<void> {
  try {
    await makeFolder(dirname(path));
    const target = await resolveLinks(path);
    const old = await existingFile(target);
    if (old?.isReplaceable === false) {
      await writeThrough(target, content);
      return;
    }
    await replaceFile(target, content, old?.mode, isExecutable);
  } catch (error) {
    throw new UserError([unwritablePath(path, systemReason(error))]);
  }
}

async function replaceFile(
  target: string,
  content: string | Uint8Array,
  oldMode: number | undefined,
  isExecutable: boolean,
): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await writeSynced(temporary, content, isExecutable ? 0o777 : 0o666);
    if (oldMode !== undefined)
      await chmod(temporary, isExecutable ? oldMode | ((oldMode & 0o444) >> 2) : oldMode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeSynced(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A pipe or a device (`/dev/null`, `/dev/fd/3`) can't be replaced, only written to. */
async function writeThrough(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}

async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return path;
    throw error;
  }
}

interface ExistingFile {
  readonly mode: number;
  readonly isReplaceable: boolean;
}

async function existingFile(path: string): Promise<ExistingFile | undefined> {
  try {
    const found = await stat(path);
    return { mode: found.mode & 0o7777, isReplaceable: found.isFile() || found.isDirectory() };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
