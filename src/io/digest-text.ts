import { createHash } from 'node:crypto';

/** The SHA-256 of a text as UTF-8, in hexadecimal digits. */
export function digestText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
