import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, statSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Report } from '../base/diagnostic.ts';
import { decompress } from './decompress.ts';
import { joinChunks } from './decompress/join-chunks.ts';
import { changedFile, inputTooLarge, unreadablePath } from './diagnostics.ts';
import { mostInputBytes } from './input-limit.ts';
import { noteInput } from './read-places.ts';
import { systemReason } from './system-error.ts';

/** A file to read: where it is, and what it is called in messages and results. */
export interface InputFile {
  readonly label: string;
  /** As the user would open it; `-` is standard input. */
  readonly path: string;
}

/** A file that was read. */
export interface FileContent extends InputFile {
  /** Of the bytes on disk, before unpacking. */
  readonly sha256: string;
  /** Unpacked. */
  readonly bytes: Uint8Array;
}

/** How a file is read. */
export interface ReadSettings {
  /** Somebody may add to it meanwhile, as to histories and logs: what is there by then is read. Else it is refused. */
  readonly mayGrow: boolean;
}

/**
 * Reads a whole file and unpacks it; undefined, and a report, when that is not possible, it is larger than `--max-input`, or it was
 * changed while it was read: half an old index and half a new one make a plan that nobody asked for.
 */
export async function readInputFile(
  file: InputFile,
  report: Report,
  settings: ReadSettings = { mayGrow: false },
): Promise<FileContent | undefined> {
  const packed = await readBytes(file, settings, report);
  if (packed === undefined) return undefined;
  const bytes = await decompress(packed, file.label, report);
  if (bytes === undefined) return undefined;
  return { ...file, sha256: createHash('sha256').update(packed).digest('hex'), bytes };
}

async function readBytes(
  { path, label }: InputFile,
  settings: ReadSettings,
  report: Report,
): Promise<Uint8Array | undefined> {
  noteInput(path);
  const mostBytes = mostInputBytes();
  let bytes: Uint8Array | Refusal;
  try {
    bytes =
      path === '-' ? await readStream(process.stdin, mostBytes) : await readPath(path, mostBytes, settings);
  } catch (error) {
    report(unreadablePath(path, systemReason(error)));
    return undefined;
  }
  if (bytes instanceof Uint8Array) return bytes;
  // not above: whoever is told may throw
  report(bytes === 'too large' ? inputTooLarge(label, 'is larger than', mostBytes) : changedFile(label));
  return undefined;
}

/** Why a file that can be read is not used. */
type Refusal = 'too large' | 'changed';

/** Trees have thousands of smaller files: to wait for one takes several times as long as to read it. */
const SMALL_BYTES = 64 * 1024;

/** @returns undefined for what is large or no plain file */
function readSmall(
  path: string,
  mostBytes: number,
  settings: ReadSettings,
): Uint8Array | Refusal | undefined {
  if (!isSmall(statSync(path))) return undefined;
  // a pipe that stands there since would else keep the program until somebody writes into it
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const before = fstatSync(file);
    if (!isSmall(before)) return undefined;
    if (before.size > mostBytes) return 'too large';
    return unlessChanged(readFileSync(file), before, fstatSync(file), settings);
  } finally {
    closeSync(file);
  }
}

function isSmall(file: Stats): boolean {
  return file.isFile() && file.size > 0 && file.size <= SMALL_BYTES;
}

function unlessChanged(
  bytes: Uint8Array,
  before: Stats,
  after: Stats,
  { mayGrow }: ReadSettings,
): Uint8Array | Refusal {
  const isSame = after.size === before.size && after.mtimeMs === before.mtimeMs;
  return bytes.length >= before.size && (isSame || mayGrow) ? bytes : 'changed';
}

async function readPath(
  path: string,
  mostBytes: number,
  settings: ReadSettings,
): Promise<Uint8Array | Refusal> {
  const small = readSmall(path, mostBytes, settings);
  if (small !== undefined) return small;
  const file = await open(path, 'r');
  try {
    const before = await file.stat();
    if (before.size > mostBytes) return 'too large';
    // what has no size is a pipe, a device, or something below /proc: how much comes shows when it comes
    if (before.size === 0) return await readStream(file.createReadStream({ autoClose: false }), mostBytes);
    return unlessChanged(await file.readFile(), before, await file.stat(), settings);
  } finally {
    await file.close();
  }
}

async function readStream(stream: Readable, mostBytes: number): Promise<Uint8Array | Refusal> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > mostBytes) return 'too large';
    chunks.push(bytes);
  }
  return joinChunks(chunks);
}
