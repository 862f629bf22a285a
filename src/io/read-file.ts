import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Report } from '../base/diagnostic.ts';
import { decompress } from './decompress.ts';
import { unreadablePath } from './diagnostics.ts';
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

/** Reads a whole file and unpacks it; undefined, and a report, when that is not possible. */
export async function readInputFile(file: InputFile, report: Report): Promise<FileContent | undefined> {
  const packed = await readBytes(file.path, report);
  if (packed === undefined) return undefined;
  const bytes = await decompress(packed, file.label, report);
  if (bytes === undefined) return undefined;
  return { ...file, sha256: createHash('sha256').update(packed).digest('hex'), bytes };
}

async function readBytes(path: string, report: Report): Promise<Uint8Array | undefined> {
  try {
    return path === '-' ? await buffer(process.stdin) : await readFile(path);
  } catch (error) {
    report(unreadablePath(path, systemReason(error)));
    return undefined;
  }
}
