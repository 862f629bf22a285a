import { open, stat } from 'node:fs/promises';
import { detectCompression } from './decompress.ts';

/** Enough to see past a byte order mark and blanks. */
const HEAD_LENGTH = 64;
/** What is packed is told by its name: to look into it is to unpack it twice. */
const JSON_NAME = /\.json(?:\.[a-z0-9]+)?$/i;

/**
 * Whether a path is taken for a plan and not for something to plan: a file that begins as JSON does, a compressed one
 * that is called `*.json.*`, a pipe, or standard input.
 * False for what can't be read: whoever reads it says why.
 */
export async function isPlanFile(path: string): Promise<boolean> {
  if (path === '-') return true;
  try {
    const found = await stat(path);
    if (!found.isFile()) return found.isFIFO();
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_LENGTH), 0, HEAD_LENGTH, 0);
      const head = buffer.subarray(0, bytesRead);
      if (detectCompression(head) !== undefined) return JSON_NAME.test(path);
      return head.toString('utf8').trimStart().startsWith('{');
    } finally {
      await file.close();
    }
  } catch {
    return JSON_NAME.test(path);
  }
}
