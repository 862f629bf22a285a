import { chmod, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../base/diagnostic.ts';
import { IS_FOLDER, unwritablePath } from './diagnostics.ts';
import { makeFolder } from './make-folder.ts';
import { systemCode, systemReason } from './system-error.ts';

/** A file to write. */
export interface OutputFile {
  readonly path: string;
  /** Whole, or in pieces, for what is longer than a string can be. */
  readonly content: string | Uint8Array | Iterable<string>;
  /** Who may read the file may start it, an existing one too. */
  readonly isExecutable?: boolean;
}

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
  await writeFilesAtomically([{ path, content, isExecutable }]);
}

/**
 * Replaces several files, each as one step, and none before all of them are on the disk: a full disk, or one path that can't be
 * written, leaves everything as it was, but for new folders.
 * @throws UserError naming the first path that can't be written
 */
export async function writeFilesAtomically(files: readonly OutputFile[]): Promise<void> {
  const staged: StagedFile[] = [];
  try {
    for (const file of files) {
      await naming(file.path, async () => {
        const one = await stage(file);
        if (one !== undefined) staged.push(one);
      });
    }
    for (const { path, temporary, target } of staged) await naming(path, () => rename(temporary, target));
  } catch (error) {
    for (const { temporary } of staged) await rm(temporary, { force: true });
    throw error;
  }
}

/** A file that lies beside its place. */
interface StagedFile {
  readonly path: string;
  readonly temporary: string;
  readonly target: string;
}

/** Writes a file beside its place; undefined: it is a pipe or a device, and has been written to. */
async function stage({ path, content, isExecutable = false }: OutputFile): Promise<StagedFile | undefined> {
  await makeFolder(dirname(path));
  const target = await resolveLinks(path);
  const old = await existingFile(target);
  if (old?.kind === 'folder') throw new Error(IS_FOLDER);
  if (old?.kind === 'other') {
    await writeThrough(target, content);
    return undefined;
  }
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await writeSynced(temporary, content, isExecutable ? 0o777 : 0o666);
    if (old !== undefined)
      await chmod(temporary, isExecutable ? old.mode | ((old.mode & 0o444) >> 2) : old.mode);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return { path, temporary, target };
}

async function naming(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new UserError([unwritablePath(path, systemReason(error))]);
  }
}

async function writeSynced(path: string, content: OutputFile['content'], mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await writeFile(file, content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A pipe or a device (`/dev/null`, `/dev/fd/3`) can't be replaced, only written to. */
async function writeThrough(path: string, content: OutputFile['content']): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeFile(file, content);
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
  readonly kind: 'file' | 'folder' | 'other';
}

async function existingFile(path: string): Promise<ExistingFile | undefined> {
  try {
    const found = await stat(path);
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
    return { mode: found.mode & 0o7777, kind };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
