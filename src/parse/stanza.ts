import type { Report } from '../base/diagnostic.ts';
import {
  binaryInput,
  duplicateField,
  malformedLine,
  nulCharacter,
  strayContinuation,
  unfinishedSignature,
} from './diagnostics.ts';
import type { Field, Stanza } from './field.ts';
import { trimEnd } from './scan.ts';

/** What to read. */
export interface StanzaOptions {
  /** Lower-case names of the fields to keep; the others are skipped cheaply and unchecked. Absent: all. */
  readonly wanted?: ReadonlySet<string>;
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const HASH = 35;
const HYPHEN = 45;
const COLON = 58;
const BYTE_ORDER_MARK = 0xfeff;
const SIGNED_MESSAGE = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const SIGNATURE_END = '-----END PGP SIGNATURE-----';
/** A NUL this near to the start means that the input is no text. */
const BINARY_PREFIX = 512;

/**
 * Reads the stanzas of a control file, `.dsc` or index, one at a time: comment lines, CRLF, blank lines of spaces, a byte
 * order mark and OpenPGP clear-signing (unchecked) are understood. Malformed lines, and the second of two equal fields,
 * are reported and left out; the rest of the stanza counts. O(length), one pass.
 * @see Debian Policy 5.1; deb822(5)
 * @example
 * const [stanza] = readStanzas('Source: hello\nSection: devel\n', 'control', console.warn);
 * stanza.fields.get('section').text.trim(); // → 'devel'
 */
export function* readStanzas(
  text: string,
  file: string,
  report: Report,
  options: StanzaOptions = {},
): Generator<Stanza, void, undefined> {
  if (text.slice(0, BINARY_PREFIX).includes('\0')) {
    report(binaryInput(file));
    return;
  }
  const reader = new StanzaReader(withLineFeeds(text), file, report, options.wanted);
  for (;;) {
    const stanza = reader.next();
    if (stanza === undefined) return;
    yield stanza;
  }
}

/** A field's name as it is spelt, and in lower case. */
interface FieldName {
  readonly name: string;
  readonly key: string;
}

/** The reader's cursor: `#at` is always the start of a line. */
class StanzaReader {
  readonly #text: string;
  readonly #file: string;
  readonly #report: Report;
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #filter: Uint8Array | undefined;
  /** The last name that was read in each cell of the filter. */
  readonly #names: (FieldName | undefined)[] = new Array<FieldName | undefined>(CELLS).fill(undefined);
  #at = 0;
  #line = 1;
  #signed = false;
  /** Whether a NUL has been reported: once a file. */
  #damaged = false;
  #fields = new Map<string, Field>();

  constructor(text: string, file: string, report: Report, wanted: ReadonlySet<string> | undefined) {
    this.#text = text;
    this.#file = file;
    this.#report = report;
    this.#wanted = wanted;
    this.#filter = wanted === undefined ? undefined : nameFilter(wanted);
    if (text.charCodeAt(0) === BYTE_ORDER_MARK) this.#at = 1;
  }

  /** The next stanza, or undefined at the end of the text. */
  next(): Stanza | undefined {
    this.#fields = new Map();
    let start = 0;
    let complained = false;
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at);
      if (code <= SPACE && this.#isBlank(this.#at)) {
        this.#skipLine();
        complained = false;
        if (start !== 0) break;
      } else if (code === HASH) {
        this.#skipLine();
      } else if (code === HYPHEN && this.#skipArmour()) {
        if (start !== 0) break;
      } else {
        const line = this.#line;
        if (this.#readField()) {
          if (start === 0) start = line;
          complained = false;
        } else if (complained) this.#skipLine();
        else complained = this.#complain(code);
      }
    }
    return start === 0 ? undefined : { line: start, fields: this.#fields };
  }

  /** Reads a field with its continuation lines; false (and nothing read) when the line is none. */
  #readField(): boolean {
    const text = this.#text;
    let start = this.#at;
    if (this.#signed && text.charCodeAt(start) === HYPHEN && text.charCodeAt(start + 1) === SPACE) start += 2;
    const first = text.charCodeAt(start);
    if (first === HYPHEN || first === HASH) return false;
    let end = start;
    let code = first;
    while (code > SPACE && code < 127 && code !== COLON) code = text.charCodeAt(++end);
    let colon = end;
    while (code === SPACE || code === TAB) code = text.charCodeAt(++colon);
    if (code !== COLON || end === start) return false;

    const line = this.#line;
    const cell = filterCell(first, end - start);
    if (this.#filter !== undefined && this.#filter[cell] !== 1) {
      this.#skipLine();
      while (this.#atContinuation()) this.#skipLine();
      return true;
    }
    const { name, key } = this.#readName(start, end, cell);
    const kept = this.#wanted === undefined || this.#wanted.has(key);
    const field = this.#readValue(name, line, colon + 1);
    if (!kept) return true;
    if (!this.#damaged && field.text.includes('\0')) {
      this.#damaged = true;
      this.#report(nulCharacter(this.#file, line));
    }
    const earlier = this.#fields.get(key);
    if (earlier !== undefined) this.#report(duplicateField(this.#file, field, earlier));
    else this.#fields.set(key, field);
    return true;
  }

  /** A field's name and its key; the same objects for a name that stood in its cell before, which saves two strings. */
  #readName(start: number, end: number, cell: number): FieldName {
    const known = this.#names[cell];
    if (known?.name.length === end - start && this.#text.startsWith(known.name, start)) return known;
    const name = this.#text.slice(start, end);
    const read = { name, key: name.toLowerCase() };
    this.#names[cell] = read;
    return read;
  }

  /** Reads a value from behind the colon; leaves the cursor behind its last line. */
  #readValue(name: string, line: number, from: number): Field {
    const text = this.#text;
    let valueStart = from;
    let valueLine = line;
    let valueColumn = from - this.#at + 1;
    let lineEnd = this.#skipLine();
    let valueEnd = trimEnd(text, from, lineEnd);
    while (this.#atContinuation()) {
      const lineStart = this.#at;
      const isComment = text.charCodeAt(lineStart) === HASH;
      const number = this.#line;
      lineEnd = this.#skipLine();
      if (isComment) continue;
      if (valueEnd === valueStart) {
        valueStart = lineStart;
        valueLine = number;
        valueColumn = 1;
      }
      valueEnd = trimEnd(text, lineStart, lineEnd);
    }
    while (valueStart < valueEnd && text.charCodeAt(valueStart) <= SPACE) {
      valueStart++;
      valueColumn++;
    }
    return { name, line, text: text.slice(valueStart, valueEnd), valueLine, valueColumn };
  }

  /** Whether the line at the cursor belongs to the field before it: a comment, or begins with a blank and is not empty. */
  #atContinuation(): boolean {
    const code = this.#text.charCodeAt(this.#at);
    if (code === HASH) return true;
    return (code === SPACE || code === TAB) && !this.#isBlank(this.#at);
  }

  #isBlank(start: number): boolean {
    for (let index = start; index < this.#text.length; index++) {
      const code = this.#text.charCodeAt(index);
      if (code === LINE_FEED) return true;
      if (code !== SPACE && code !== TAB && code !== CARRIAGE_RETURN) return false;
    }
    return true;
  }

  /** Moves behind the current line and returns the index of its end. */
  #skipLine(): number {
    const end = this.#text.indexOf('\n', this.#at);
    if (end === -1) {
      this.#at = this.#text.length;
      return this.#text.length;
    }
    this.#at = end + 1;
    this.#line++;
    return end;
  }

  /** Skips the head of a signed message, or a signature; false when the line is neither. */
  #skipArmour(): boolean {
    if (this.#text.startsWith(SIGNED_MESSAGE, this.#at)) {
      this.#signed = true;
      while (this.#at < this.#text.length && !this.#isBlank(this.#at)) this.#skipLine();
      return true;
    }
    if (!this.#text.startsWith(SIGNATURE, this.#at)) return false;
    const line = this.#line;
    this.#signed = false;
    while (this.#at < this.#text.length) {
      const isEnd = this.#text.startsWith(SIGNATURE_END, this.#at);
      this.#skipLine();
      if (isEnd) return true;
    }
    this.#report(unfinishedSignature(this.#file, line));
    return true;
  }

  /** Reports the line at the cursor, once for a run of bad lines, and skips it. */
  #complain(code: number): true {
    const start = this.#at;
    const line = this.#line;
    const content = this.#text.slice(start, this.#skipLine());
    const isContinuation = code === SPACE || code === TAB;
    this.#report((isContinuation ? strayContinuation : malformedLine)(this.#file, line, content));
    return true;
  }
}

const CELLS = 128 * 32;

/** Marks (first letter, length) of the wanted names: most other fields are told apart without making a string. */
function nameFilter(wanted: ReadonlySet<string>): Uint8Array {
  const filter = new Uint8Array(CELLS);
  for (const name of wanted) filter[filterCell(name.charCodeAt(0), name.length)] = 1;
  return filter;
}

function filterCell(first: number, length: number): number {
  return ((first | 0x20) << 5) | Math.min(length, 31);
}

/** Text whose lines end in lone carriage returns gets line feeds. */
function withLineFeeds(text: string): string {
  return text.includes('\n') || !text.includes('\r') ? text : text.replaceAll('\r', '\n');
}
