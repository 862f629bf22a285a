/** What ends a field or a line somewhere, or reaches a terminal as a command. */
const BLANKS = /[\u0000-\u0020\u007f\\]/g;

/**
 * A text without blanks, controls and backslashes, for formats whose fields end at them: these are written as `printf %b`
 * reads them, `\0040`. No name of Debian's has any.
 */
export function escapeBlanks(text: string): string {
  return text.replaceAll(BLANKS, escapeOne);
}

/** The same without what lists of names give a meaning: commas and `#`. */
export function escapeListed(text: string): string {
  return text.replaceAll(/[\u0000-\u0020\u007f\\,#]/g, escapeOne);
}

function escapeOne(found: string): string {
  return `\\0${found.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
