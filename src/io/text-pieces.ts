import { constants, isUtf8 } from 'node:buffer';
import type { Report } from '../base/diagnostic.ts';
import { notUtf8, textTooLong, wholeTooLong } from './diagnostics.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
/** Far below V8's limit of 512 Mi characters; one piece is parsed at a time. */
const PIECE_BYTES = 256 * 1024 * 1024;
/** V8's limit: 2^29 - 24 characters. No byte makes more than one. */
const MOST_TEXT_BYTES = constants.MAX_STRING_LENGTH;

/**
 * Turns bytes into one text: UTF-8, or Latin-1 with a note when they are not. Text that is too long for one string is
 * reported and counts as empty.
 */
export function decodeText(bytes: Uint8Array, file: string, report: Report): string {
  if (bytes.length > MOST_TEXT_BYTES) {
    report(wholeTooLong(file, bytes.length, MOST_TEXT_BYTES));
    return '';
  }
  if (isUtf8(bytes)) return asBuffer(bytes).toString('utf8');
  report(notUtf8(file, lineOf(bytes, firstInvalid(bytes))));
  return asBuffer(bytes).toString('latin1');
}

/** The line where the bytes stop being UTF-8; undefined: they are. */
export function firstLineNotUtf8(bytes: Uint8Array): number | undefined {
  return isUtf8(bytes) ? undefined : lineOf(bytes, firstInvalid(bytes));
}

/**
 * Turns an index into text, a long one in pieces that end with a stanza. A later piece begins with as many line ends as lie
 * before it in the file, so lines counted in it are lines of the file. Each byte becomes one character: names, versions and
 * relations are ASCII, and one name in UTF-8 would double the size of the string (a sixth of the time for an archive).
 * `readableReport` mends what is quoted.
 * @param limit bytes a piece at most; a longer stanza is reported and ends the text
 */
export function* textPieces(
  bytes: Uint8Array,
  file: string,
  report: Report,
  limit: number = PIECE_BYTES,
): Generator<string, void, undefined> {
  let line = 0;
  for (let start = BYTE_ORDER_MARK.equals(bytes.subarray(0, 3)) ? 3 : 0; start < bytes.length;) {
    const end = bytes.length - start <= limit ? bytes.length : lastStanzaEnd(bytes, start, start + limit);
    if (end === start) {
      report(textTooLong(file, line + 1, bytes.length - start, limit));
      return;
    }
    yield '\n'.repeat(line) + asBuffer(bytes.subarray(start, end)).toString('latin1');
    if (end < bytes.length) line += countLines(bytes, start, end);
    start = end;
  }
}

/** Hands diagnostics on, with the UTF-8 in what they quote from `textPieces` put together again. */
export function readableReport(report: Report): Report {
  return (diagnostic) => {
    const { hint } = diagnostic;
    const message = mendUtf8(diagnostic.message);
    report({ ...diagnostic, message, ...(hint === undefined ? {} : { hint: mendUtf8(hint) }) });
  };
}

function mendUtf8(text: string): string {
  return text.replace(/[\x80-\xff]+/g, (run) => {
    const bytes = Buffer.from(run, 'latin1');
    return isUtf8(bytes) ? bytes.toString('utf8') : run;
  });
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The end of the last blank line before `limit`, or `start` when there is none. */
function lastStanzaEnd(bytes: Uint8Array, start: number, limit: number): number {
  for (let end = limit; end > start + 1; end--) {
    if (bytes[end - 1] !== LINE_FEED) continue;
    const before = bytes[end - 2] === CARRIAGE_RETURN ? end - 3 : end - 2;
    if (before >= start && bytes[before] === LINE_FEED) return end;
  }
  return start;
}

function lineOf(bytes: Uint8Array, index: number): number {
  return 1 + countLines(bytes, 0, index);
}

function countLines(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, start); at !== -1 && at < end; at = bytes.indexOf(LINE_FEED, at + 1))
    count++;
  return count;
}

/** Where the bytes stop being UTF-8, give or take a character. O(length) */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 4) {
    const middle = (valid + invalid) >>> 1;
    if (isUtf8(bytes.subarray(0, characterStart(bytes, middle)))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

/** Moves back over continuation bytes, three at most. */
function characterStart(bytes: Uint8Array, index: number): number {
  let start = index;
  while (start > index - 3 && start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}
