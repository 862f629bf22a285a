import type { Location } from '../base/diagnostic.ts';

/** One field of a stanza. */
export interface Field {
  /** As it is spelt in the file. */
  readonly name: string;
  /** Line of the name. */
  readonly line: number;
  /**
   * The value as it stands in the file: comment lines and line ends inside it too, without the blanks, empty lines and
   * comment lines around it. `valueText` gives it without comments.
   */
  readonly text: string;
  /** Where the value begins. */
  readonly valueLine: number;
  readonly valueColumn: number;
}

/** One block of fields. */
export interface Stanza {
  /** Line of its first field. */
  readonly line: number;
  /** By lower-case name, in the order of the file. */
  readonly fields: ReadonlyMap<string, Field>;
}

/** A field's value without the comment lines inside it; line ends stay. */
export function valueText(field: Field): string {
  return withoutComments(field.text);
}

/** A field's value as words: separated by blanks and line ends, comments left out. */
export function valueWords(field: Field | undefined): readonly string[] {
  if (field === undefined) return [];
  return valueText(field)
    .split(/[\s]+/)
    .filter((word) => word !== '');
}

/**
 * Overwrites comment lines with blanks, so that every other character keeps its place. The first line of a value is never
 * a comment. The same string when there is none.
 */
export function withoutComments(text: string): string {
  if (!text.includes('\n#')) return text;
  return text.replace(/(?<=\n)#[^\n]*/g, (comment) => ' '.repeat(comment.length));
}

/** Where a field's value begins. */
export function valueLocation(field: Field, file: string): Location {
  return { file, line: field.valueLine, column: field.valueColumn };
}

/** Gives the places of indexes, which must not descend, in a text that begins at `location`. O(length) for all of them */
export function placesIn(text: string, location: Location): (index: number) => Location {
  let line = location.line;
  let lineEnd = -2;
  let shift = location.column ?? 1;
  return (index) => {
    if (lineEnd === -2) lineEnd = text.indexOf('\n');
    while (lineEnd !== -1 && lineEnd < index) {
      line++;
      shift = -lineEnd;
      lineEnd = text.indexOf('\n', lineEnd + 1);
    }
    return { file: location.file, line, column: shift + index };
  };
}
