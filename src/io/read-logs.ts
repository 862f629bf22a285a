import { realpath, stat } from 'node:fs/promises';
import { join, normalize, resolve } from 'node:path';
import pLimit from 'p-limit';
import { at } from '../base/column.ts';
import type { Report } from '../base/diagnostic.ts';
import { folderWithoutLogs, specialFile, unreadablePath } from './diagnostics.ts';
import { findLogsBelow } from './find-below.ts';
import { labelPaths } from './labels.ts';
import { readInputFile, type InputFile } from './read-file.ts';
import { systemReason } from './system-error.ts';
import { decodeText } from './text-pieces.ts';

/** A file that may be a log. */
export interface LogText {
  /** Its name, with as many folders as tell it from the others. */
  readonly label: string;
  /** As the user would open it. */
  readonly path: string;
  /** Unpacked; undefined: a link that leads nowhere, as sbuild leaves them when its logs are moved. */
  readonly text: string | undefined;
}

/** Files at once: one is read while another is unpacked. */
const OPEN_FILES = 4;
/** Texts above it are in memory one at a time. */
const LARGE_BYTES = 16 * 1024 * 1024;

interface FoundLog extends InputFile {
  /** Undefined when it leads nowhere. */
  readonly realPath: string | undefined;
}

/**
 * Reads logs, and what lies in folders that looks like one, at any depth; a file that is reached in two ways counts once. Each text
 * is handed to `work` and then forgotten. What can't be read is reported as an error.
 * @param paths files, folders, `-` for standard input
 * @param onDone told after each file
 * @returns what `work` made, in the order of the labels
 */
export async function readLogs<T>(
  paths: readonly string[],
  work: (log: LogText) => T,
  report: Report,
  onDone: (done: number, total: number) => void,
): Promise<readonly T[]> {
  const found = await findLogs(paths, report);
  const limit = pLimit(OPEN_FILES);
  const largeFiles = pLimit(1);
  let done = 0;
  const results = await Promise.all(
    found.map((file) =>
      limit(async () => {
        const bytes = await sizeOf(file);
        const read = (): Promise<T | undefined> => readOne(file, work, report);
        const result = await (bytes > LARGE_BYTES ? largeFiles(read) : read());
        onDone(++done, found.length);
        return result;
      }),
    ),
  );
  return results.filter((result) => result !== undefined);
}

async function readOne<T>(file: FoundLog, work: (log: LogText) => T, report: Report): Promise<T | undefined> {
  if (file.realPath === undefined) return work({ label: file.label, path: file.path, text: undefined });
  const content = await readInputFile(file, report, { mayGrow: true });
  if (content === undefined) return undefined;
  const text = decodeText(content.bytes, file.label, report);
  return work({ label: file.label, path: file.path, text });
}

/** Sorted by label, without doubles. */
async function findLogs(paths: readonly string[], report: Report): Promise<readonly FoundLog[]> {
  const lists = await Promise.all(paths.map((path) => findAt(path, report)));
  const byPath = new Map<string, Omit<FoundLog, 'label'>>();
  // Of a link and the file that it leads to, the file counts.
  for (const file of lists.flat()) {
    const key = file.realPath ?? resolve(file.path);
    const earlier = byPath.get(key);
    if (earlier === undefined || resolve(file.path) === file.realPath) byPath.set(key, file);
  }
  const files = [...byPath.values()];
  const labels = labelPaths(files.map(({ path }) => (path === '-' ? '/-' : resolve(path))));
  return files
    .map((file, index) => ({ ...file, label: at(labels, index) }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

async function findAt(path: string, report: Report): Promise<readonly Omit<FoundLog, 'label'>[]> {
  if (path === '-') return [{ path, realPath: path }];
  try {
    if (!(await stat(path)).isDirectory()) return [{ path, realPath: await realPathOf(path) }];
    const below = findLogsBelow(path, report);
    if (below.length === 0) report(folderWithoutLogs(path));
    const files = await Promise.all(below.map((name) => locate(join(normalize(path), name), report)));
    return files.filter((file) => file !== undefined);
  } catch (error) {
    report(unreadablePath(path, systemReason(error)));
    return [];
  }
}

/** A file below a folder, or what a link leads to; undefined: a link to a folder, or (reported) to a pipe. */
async function locate(path: string, report: Report): Promise<Omit<FoundLog, 'label'> | undefined> {
  const realPath = await realpath(path).catch(() => undefined);
  if (realPath === undefined) return { path, realPath };
  const found = await stat(path);
  if (found.isFile()) return { path, realPath };
  if (!found.isDirectory()) report(specialFile(path));
  return undefined;
}

/** A pipe (`/dev/fd/63`) has no real path. */
async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

async function sizeOf({ path }: FoundLog): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
