import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../base/diagnostic.ts';
import { unappendablePath } from './diagnostics.ts';
import { systemReason } from './system-error.ts';

const LINE_FEED = 10;

/**
 * Adds lines to the end of a file, which is made where it is missing, and waits until the disk has them. They go out in one write, so
 * those of two processes never mix; a last line that was cut short is closed first.
 * @param lines each with its line feed
 * @throws UserError naming the path when they can't be written: the file is then as it was, or ends in a part of them if
 * somebody else wrote at the same time
 */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  try {
    await mkdir(dirname(path), { recursive: true });
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
