/** A place in a text; both start at 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Why a text is no JSON, and where: the same words in all versions of Node. */
export interface JsonFault extends TextPlace {
  /** `'}' is not expected there`. */
  readonly problem: string;
}

const SPACES = ' \t\n\r';
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

/** What may come next. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end';

/**
 * Where a text stops being JSON. O(length), without recursion.
 * @returns undefined when it is JSON
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = skipSpaces(text, 0);
  while (at < text.length && !(expected === 'comma or end' && open.length === 0)) {
    const mark = text.charAt(at);
    const closes = open.at(-1) === '{' ? '}' : ']';
    if (mark === closes && open.length > 0 && expected.endsWith('end')) {
      open.pop();
      expected = 'comma or end';
      at++;
    } else if (expected === 'comma or end') {
      if (mark !== ',') return faultAt(text, at);
      expected = open.at(-1) === '{' ? 'key' : 'value';
      at++;
    } else if (expected.startsWith('key')) {
      at = skipSpaces(text, endOfString(text, at) ?? at);
      if (text[at] !== ':') return faultAt(text, at);
      expected = 'value';
      at++;
    } else if (mark === '{' || mark === '[') {
      open.push(mark);
      expected = mark === '{' ? 'key or end' : 'value or end';
      at++;
    } else {
      const end = endOfString(text, at) ?? endOf(SCALAR, text, at);
      if (end === undefined) return faultAt(text, at);
      expected = 'comma or end';
      at = end;
    }
    at = skipSpaces(text, at);
  }
  return at < text.length || expected !== 'comma or end' || open.length > 0 ? faultAt(text, at) : undefined;
}

/**
 * Where a value stands in a JSON text, or as much of the way to it as there is. O(length × depth)
 * @param text JSON
 * @param path keys and indexes that lead to the value
 */
export function placeInJson(text: string, path: readonly PropertyKey[]): TextPlace {
  let at = skipSpaces(text, 0);
  for (const key of path) {
    const found = text[at] === '{' ? findMember(text, at, key) : findElement(text, at, key);
    if (found === undefined) break;
    at = found;
  }
  return placeAt(text, at);
}

function findMember(text: string, open: number, key: PropertyKey): number | undefined {
  let found: number | undefined;
  for (let at = skipSpaces(text, open + 1); text[at] === '"';) {
    const end = endOfString(text, at) ?? text.length;
    const name: unknown = JSON.parse(text.slice(at, end));
    const value = skipSpaces(text, skipSpaces(text, end) + 1);
    if (name === String(key)) found = value; // of two members of one name the last counts
    at = skipComma(text, endOfValue(text, value));
  }
  return found;
}

function findElement(text: string, open: number, key: PropertyKey): number | undefined {
  if (text[open] !== '[') return undefined;
  let at = skipSpaces(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== ']'; index++) {
    if (index === key) return at;
    at = skipComma(text, endOfValue(text, at));
  }
  return undefined;
}

function skipComma(text: string, from: number): number {
  const at = skipSpaces(text, from);
  return text[at] === ',' ? skipSpaces(text, at + 1) : at;
}

/** Behind a value of a text that is JSON. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const mark = text.charAt(at);
    if (mark === '{' || mark === '[') depth++;
    else if (mark === '}' || mark === ']') depth--;
    at = endOfString(text, at) ?? endOf(SCALAR, text, at) ?? at + 1;
  } while (depth > 0 && at < text.length);
  return at;
}

/** Behind the string that begins here; undefined: none does, or it has no end. */
function endOfString(text: string, start: number): number | undefined {
  if (text[start] !== '"') return undefined;
  for (let at = start + 1; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    const end: number | undefined = code === 92 ? endOf(ESCAPE, text, at) : code < 32 ? undefined : at + 1;
    if (end === undefined) return undefined;
    at = end;
  }
  return undefined;
}

function endOf(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACES.includes(text.charAt(at))) at++;
  return at;
}

function faultAt(text: string, at: number): JsonFault {
  const found = text.codePointAt(at);
  const shown = found === undefined ? '' : JSON.stringify(String.fromCodePoint(found)).slice(1, -1);
  const problem = found === undefined ? 'it ends too early' : `'${shown}' is not expected there`;
  return { ...placeAt(text, at), problem };
}

function placeAt(text: string, at: number): TextPlace {
  let line = 1;
  let start = 0;
  for (let feed = text.indexOf('\n'); feed !== -1 && feed < at; feed = text.indexOf('\n', start)) {
    line++;
    start = feed + 1;
  }
  return { line, column: at - start + 1 };
}
