import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Report } from '../base/diagnostic.ts';
import { decompress } from './decompress.ts';
import { joinChunks } from './decompress/join-chunks.ts';
import { inputTooLarge, unreadablePath } from './diagnostics.ts';
import { mostInputBytes } from './input-limit.ts';
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

/** Reads a whole file and unpacks it; undefined, and a report, when that is not possible or it is larger than `--max-input`. */
export async function readInputFile(file: InputFile, report: Report): Promise<FileContent | undefined> {
  const packed = await readBytes(file, report);
  if (packed === undefined) return undefined;
  const bytes = await decompress(packed, file.label, report);
  if (bytes === undefined) return undefined;
  return { ...file, sha256: createHash('sha256').update(packed).digest('hex'), bytes };
}

async function readBytes({ path, label }: InputFile, report: Report): Promise<Uint8Array | undefined> {
  const mostBytes = mostInputBytes();
  let bytes: Uint8Array | undefined;
  try {
    bytes = path === '-' ? await readStream(process.stdin, mostBytes) : await readPath(path, mostBytes);
  } catch (error) {
    report(unreadablePath(path, systemReason(error)));
    return undefined;
  }
  if (bytes === undefined) report(inputTooLarge(label, 'is larger than', mostBytes));
  return bytes;
}

/** @returns undefined when it is too large */
async function readPath(path: string, mostBytes: number): Promise<Uint8Array | undefined> {
  const { size } = await stat(path);
  if (size > mostBytes) return undefined;
  // what has no size is a pipe, a device, or something below /proc: how much comes shows when it comes
  return size > 0 ? readFile(path) : readStream(createReadStream(path), mostBytes);
}

async function readStream(stream: Readable, mostBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > mostBytes) return undefined;
    chunks.push(bytes);
  }
  return joinChunks(chunks);
}
