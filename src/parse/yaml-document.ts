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

/** The library takes milliseconds a kilobyte, and the square of that for the keys of one mapping: what is written by hand is far smaller. */
export const MOST_YAML_CHARACTERS = 64 * 1024;

/** What can't be read in reasonable time is an error like any other. */
function parseNested(
  text: string,
  lineCounter: LineCounter,
): { readonly contents: YamlDocument['contents']; readonly errors: readonly YamlError[] } {
  if (text.length > MOST_YAML_CHARACTERS)
    return refused(
      lineCounter,
      `it has ${text.length} characters; at most ${MOST_YAML_CHARACTERS} can be read`,
    );
  const options = { schema: 'failsafe', lineCounter, logLevel: 'silent', prettyErrors: false } as const;
  try {
    const document = parseDocument(text, options);
    return { contents: document.contents, errors: document.errors };
  } catch (error) {
    // the library calls itself for each level, so a text of brackets alone fills the stack
    if (!(error instanceof RangeError)) throw error;
    return refused(lineCounter, 'it is nested too deeply');
  }
}

function refused(lineCounter: LineCounter, message: string): ReturnType<typeof parseNested> {
  lineCounter.addNewLine(0);
  return { contents: null, errors: [{ pos: [0, 0], message }] };
}

interface YamlError {
  readonly pos: readonly [number, ...number[]];
  readonly message: string;
}
