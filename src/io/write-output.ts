import { chmod, open, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../base/diagnostic.ts';
import { unwritablePath } from './diagnostics.ts';
import { makeFolder } from './make-folder.ts';
import { keepWhenEnded, removeWhenEnded } from './remove-when-ended.ts';
import { systemCode, systemReason } from './system-error.ts';
import { IS_FOLDER } from './system-reasons.ts';

/** Of a file's name in that of its temporary one: with four bytes each they leave room for the rest of 255. */
const SHOWN_CHARACTERS = 48;

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
 * Replaces several files, each as one step, and none before all of them are on the disk: a full disk, one path that can't be
 * written, or Ctrl-C meanwhile leaves every file as it was.
 * @throws UserError naming the first path that can't be written
 */
export async function writeFilesAtomically(files: readonly OutputFile[]): Promise<void> {
  const staging: Staging = { files: [], folders: [], temporaries: [] };
  try {
    for (const file of files) await naming(file.path, () => stage(file, staging));
    for (const { path, temporary, target } of staging.files)
      await naming(path, () => rename(temporary, target));
  } catch (error) {
    for (const temporary of staging.temporaries) await rm(temporary, { force: true });
    // what was renamed, or somebody else put there, keeps its folder
    for (const folder of staging.folders.reverse()) await rmdir(folder).catch(() => undefined);
    throw error;
  } finally {
    keepWhenEnded(staging.temporaries);
  }
}

/** What lies beside its places until all of it is there. */
interface Staging {
  readonly files: { readonly path: string; readonly temporary: string; readonly target: string }[];
  /** Made for them, outer ones first. */
  readonly folders: string[];
  readonly temporaries: string[];
}

/** Writes a file beside its place; what is a pipe or a device is written to at once. */
async function stage({ path, content, isExecutable = false }: OutputFile, staging: Staging): Promise<void> {
  await makeFolder(dirname(path), staging.folders);
  const target = await resolveLinks(path);
  const old = await existingFile(target);
  if (old?.kind === 'folder') throw new Error(IS_FOLDER);
  if (old?.kind === 'other') return writeThrough(target, content);
  const temporary = temporaryName(target);
  staging.temporaries.push(temporary);
  removeWhenEnded(temporary);
  await writeSynced(temporary, content, isExecutable ? 0o777 : 0o666);
  if (old !== undefined)
    await chmod(temporary, isExecutable ? old.mode | ((old.mode & 0o444) >> 2) : old.mode);
  staging.files.push({ path, temporary, target });
}

/** In the same folder; no longer than a name may be, however long that of the file is. */
function temporaryName(target: string): string {
  return join(dirname(target), `.${basename(target).slice(0, SHOWN_CHARACTERS)}.${randomUUID()}.tmp`);
}

async function naming(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new UserError([unwritablePath(path, systemReason(error))]);
  }
}

/** Each write waits for a thread, which takes longer than to write a small piece. */
const WRITTEN_AT_ONCE = 1024 * 1024;

function inFewWrites(content: OutputFile['content']): OutputFile['content'] {
  return typeof content === 'string' || content instanceof Uint8Array ? content : gathered(content);
}

function* gathered(pieces: Iterable<string>): Generator<string, void, undefined> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < WRITTEN_AT_ONCE) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function writeSynced(path: string, content: OutputFile['content'], mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await writeFile(file, inFewWrites(content));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A pipe or a device (`/dev/null`, `/dev/fd/3`) can't be replaced, only written to. */
async function writeThrough(path: string, content: OutputFile['content']): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeFile(file, inFewWrites(content));
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
