import { at } from '../../src/base/column.ts';
import { jsonMutators } from './json-mutators.ts';
import { NASTY_NUMBERS, NASTY_TEXTS } from './nasty-texts.ts';

/** A choice of a mutator: the same number gives the same choice. */
export type Pick = (bound: number) => number;

/** Changes a text; each character is a byte of the file. A text that has not what the mutator changes stays as it is. */
export type Mutator = (text: string, pick: Pick) => string;

export type MutatorName = keyof typeof MUTATORS;

/** All that is done to texts: to bytes, lines, fields, words and numbers, and to JSON as what it is. */
export const MUTATORS = {
  flipByte: (text, pick) =>
    replaceAt(
      text,
      pick(text.length),
      1,
      String.fromCharCode((byteAt(text, pick(text.length)) ^ (1 << pick(8))) & 255),
    ),
  insertBytes: (text, pick) =>
    replaceAt(text, pick(text.length + 1), 0, bytesOf(chosen(SPECIAL_BYTES, pick))),
  cutOff: (text, pick) => text.slice(0, pick(text.length + 1)),
  cutHead: (text, pick) => text.slice(pick(text.length + 1)),
  deletePart: (text, pick) => replaceAt(text, pick(text.length), 1 + pick(200), ''),
  repeatPart: (text, pick) => {
    const start = pick(text.length);
    return replaceAt(text, start, 0, repeated(text.slice(start, start + 1 + pick(200)), 1 + pick(20)));
  },
  movePart: (text, pick) => {
    const start = pick(text.length);
    const part = text.slice(start, start + 1 + pick(200));
    return replaceAt(replaceAt(text, start, part.length, ''), pick(text.length), 0, part);
  },
  markByteOrder: (text) => `\xef\xbb\xbf${text}`,
  carriageReturns: (text, pick) => text.replaceAll('\n', pick(2) === 0 ? '\r\n' : '\r'),
  deleteLine: (text, pick) => withLines(text, pick, () => []),
  doubleLine: (text, pick) => withLines(text, pick, (line) => [line, line]),
  repeatLine: (text, pick) =>
    withLines(text, pick, (line) => repeated(`${line}\n`, 1 + pick(1000)).split('\n')),
  indentLine: (text, pick) => withLines(text, pick, (line) => [`${' '.repeat(1 + pick(4))}${line}`]),
  blankLine: (text, pick) => withLines(text, pick, (line) => ['', line]),
  joinLines: (text, pick) => replaceMatch(text, /\n/g, pick, () => chosen(['', ' ', '\n\n', '\n \n'], pick)),
  moveLine: (text, pick) => {
    const lines = text.split('\n');
    const [line = ''] = lines.splice(pick(lines.length), 1);
    lines.splice(pick(lines.length + 1), 0, line);
    return lines.join('\n');
  },
  renameField: (text, pick) => replaceMatch(text, /^[\w-]+(?=:)/gm, pick, () => nastyText(pick)),
  fillField: (text, pick) => replaceMatch(text, /(?<=: ?)[^\n]*/g, pick, () => nastyText(pick)),
  hugeField: (text, pick) =>
    replaceMatch(text, /(?<=: ?)[^\n]*/g, pick, (value) =>
      repeated(`${value}${chosen(FILLERS, pick)}`, 1 + pick(5000)),
    ),
  changeWord: (text, pick) => replaceMatch(text, /[\w.+~-]+/g, pick, () => nastyText(pick)),
  swapWords: (text, pick) => {
    const words = text.match(/[\w.+~-]+/g) ?? [''];
    return replaceMatch(text, /[\w.+~-]+/g, pick, () => chosen(words, pick));
  },
  changeNumber: (text, pick) => replaceMatch(text, /\d+/g, pick, () => chosen(NASTY_NUMBERS, pick)),
  changeMark: (text, pick) => replaceMatch(text, /[^\w\s]/g, pick, () => chosen(MARKS, pick)),
  nestDeeply: (text, pick) =>
    replaceAt(text, pick(text.length + 1), 0, repeated(chosen(OPENERS, pick), 1 + pick(20_000))),
  ...jsonMutators,
} as const satisfies Record<string, Mutator>;

const MARKS = '()[]<>{}|,:;!"\'#-=$*&%@`\\\t\n';
const OPENERS = ['[', '{"a":', '(', '- ', '{a: ', '&a [*a, ', '<', '? ', '!<a> ', '| a ', '"'];
const FILLERS = [',', ' | ', 'a', ' ', '\n ', '<!a> ', '[a] ', '(', '\t', '\x00', ' (>= 1), b'];
const SPECIAL_BYTES: readonly (readonly number[])[] = [
  ...[[0], [13], [10], [9], [27], [127], [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]],
  ...[
    [0xef, 0xbb, 0xbf],
    [0xe2, 0x80, 0xa8],
    [0xc2, 0x85],
    [0xe2, 0x80, 0xae],
    [0xef, 0xbf, 0xbe],
    [11],
    [12],
  ],
];

/** No change makes more of it. */
const MOST_ADDED = 500_000;

function repeated(text: string, times: number): string {
  return text.repeat(Math.min(times, Math.ceil(MOST_ADDED / Math.max(1, text.length))));
}

function bytesOf(codes: readonly number[]): string {
  return String.fromCharCode(...codes);
}

function nastyText(pick: Pick): string {
  return chosen(NASTY_TEXTS, pick);
}

function chosen<Item>(items: ArrayLike<Item>, pick: Pick): Item {
  return at(items, pick(items.length));
}

function byteAt(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : 0;
}

function replaceAt(text: string, start: number, length: number, by: string): string {
  return text.slice(0, start) + by + text.slice(start + length);
}

function withLines(text: string, pick: Pick, change: (line: string) => readonly string[]): string {
  const lines = text.split('\n');
  const index = pick(lines.length);
  lines.splice(index, 1, ...change(lines[index] ?? ''));
  return lines.join('\n');
}

/** Replaces one of the matches. */
function replaceMatch(text: string, pattern: RegExp, pick: Pick, by: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const { 0: match, index } = at(matches, pick(matches.length));
  return replaceAt(text, index, match.length, by(match));
}
