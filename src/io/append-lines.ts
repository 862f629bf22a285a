import { access, constants, open, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../base/diagnostic.ts';
import { detectCompression } from './decompress.ts';
import { compressedTarget, missingFolder, unappendablePath, unwritablePath } from './diagnostics.ts';
import { systemCode, systemReason } from './system-error.ts';
import { IS_FOLDER } from './system-reasons.ts';

const LINE_FEED = 10;
/** More than any compression's magic is long. */
const MAGIC_LENGTH = 16;

/**
 * Looks whether lines can be added to a file, before the work that makes them: it, or its folder, is there and may be written, and it
 * is not compressed. Nothing is made or changed.
 * @throws UserError naming the path
 */
export async function checkAppendable(path: string): Promise<void> {
  let isThere = true;
  try {
    const found = await statIfThere(path);
    isThere = found !== undefined;
    if (found?.isDirectory() === true) throw new UserError([unappendablePath(path, IS_FOLDER)]);
    await access(isThere ? path : dirname(path), constants.W_OK);
    if (found?.isFile() === true) await refuseCompressed(path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (!isThere && systemCode(error) === 'ENOENT') throw new UserError([missingFolder(dirname(path), path)]);
    throw new UserError([unappendablePath(path, systemReason(error))]);
  }
}

/**
 * Adds lines to the end of a file, which is made where it is missing (its folder is not), and waits until the disk has them. They go out in one write, so
 * those of two processes never mix; a last line that was cut short is closed first.
 * @param lines each with its line feed
 * @throws UserError naming the path when they can't be written: the file is then as it was, or ends in a part of them if
 * somebody else wrote at the same time
 */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  try {
    const file = await open(path, 'a+');
    try {
      await append(file, lines.join(''));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new UserError([unappendablePath(path, systemReason(error))]);
  }
}

/**
 * Looks whether a file can be written, before the work that makes its content: it, or the folder that it or its folders will be in, may be written.
 * Nothing is made or changed.
 * @throws UserError naming the path
 */
export async function checkWritable(path: string): Promise<void> {
  let isThere = true;
  try {
    const found = await statIfThere(path);
    isThere = found !== undefined;
    if (found?.isDirectory() === true) throw new UserError([unwritablePath(path, IS_FOLDER)]);
    let place = path;
    while (!isThere && place !== dirname(place)) {
      place = dirname(place);
      isThere = (await statIfThere(place)) !== undefined;
    }
    await access(place, constants.W_OK);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError([unwritablePath(path, systemReason(error))]);
  }
}

async function statIfThere(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function refuseCompressed(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(MAGIC_LENGTH);
    const { bytesRead } = await file.read(head, 0, MAGIC_LENGTH, 0);
    const compression = detectCompression(head.subarray(0, bytesRead));
    if (compression !== undefined) throw new UserError([compressedTarget(path, compression)]);
  } finally {
    await file.close();
  }
}

async function append(file: FileHandle, text: string): Promise<void> {
  const found = await file.stat();
  const isTorn = found.isFile() && found.size > 0 && (await lastByte(file, found.size)) !== LINE_FEED;
  const bytes = Buffer.from(isTorn ? `\n${text}` : text, 'utf8');
  const { bytesWritten } = await file.write(bytes, 0, bytes.length);
  if (bytesWritten < bytes.length) {
    const { size } = await file.stat();
    if (found.isFile() && size === found.size + bytesWritten) await file.truncate(found.size);
    throw new Error('no space left');
  }
  if (found.isFile()) await file.sync();
}

async function lastByte(file: FileHandle, size: number): Promise<number | undefined> {
  const cell = Buffer.alloc(1);
  const { bytesRead } = await file.read(cell, 0, 1, size - 1);
  return bytesRead === 1 ? cell[0] : undefined;
}
