import { LineCounter, parseDocument, type Document } from 'yaml';
import type { Location } from '../base/diagnostic.ts';

/** A YAML text as it was read; scalars stay texts: `1.0` is not 1. */
export interface YamlDocument {
  readonly contents: Document.Parsed['contents'];
  /** What is no YAML, in one line each; then `contents` is what could be read. */
  readonly errors: readonly { readonly location: Location; readonly message: string }[];
  /** Where an offset of the text stands. */
  readonly place: (offset: number) => Location;
}

/** @param file what the text is called in locations */
export function parseYaml(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const place = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const { contents, errors } = parseNested(text, lines);
  return {
    contents,
    errors: errors.map(({ pos, message }) => ({
      location: place(pos[0]),
      message: message.split('\n', 1)[0] ?? '',
    })),
    place,
  };
}

/** The library calls itself for each level, so a text of brackets alone would end in a full stack. */
function parseNested(
  text: string,
  lineCounter: LineCounter,
): { readonly contents: YamlDocument['contents']; readonly errors: readonly YamlError[] } {
  try {
    const document = parseDocument(text, { schema: 'failsafe', lineCounter, logLevel: 'silent' });
    return { contents: document.contents, errors: document.errors };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { contents: null, errors: [{ pos: [0], message: 'it is nested too deeply' }] };
  }
}

interface YamlError {
  readonly pos: readonly [number, ...number[]];
  readonly message: string;
}
