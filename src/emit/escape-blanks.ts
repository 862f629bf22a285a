/** What ends a field or a line somewhere, in some language's idea of a blank, or reaches a terminal as a command. */
const BLANKS = '\\s\\u0000-\\u0020\\u007f-\\u00a0\\\\';
const FIELD = new RegExp(`[${BLANKS}]`, 'g');
const LISTED = new RegExp(`[${BLANKS},#]`, 'g');

/**
 * A text without blanks, controls and backslashes, for formats whose fields end at them: these are written as `printf %b`
 * reads them, `\0040`. No name of Debian's has any.
 */
export function escapeBlanks(text: string): string {
  return text.replaceAll(FIELD, octalBytes);
}

/** The same, also without what lists of names give a meaning: commas and `#`. */
export function escapeListed(text: string): string {
  return text.replaceAll(LISTED, octalBytes);
}

/** Byte by byte in UTF-8. */
function octalBytes(letter: string): string {
  return Array.from(
    new TextEncoder().encode(letter),
    (byte) => `\\0${byte.toString(8).padStart(3, '0')}`,
  ).join('');
}
