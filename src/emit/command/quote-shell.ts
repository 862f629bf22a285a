/**
 * A text as one word of POSIX sh that stands for exactly that text: as it is where the shell sees nothing in it, else
 * between single quotes. What other languages would expand inside of shell text never shows: `{{`, `[[` and `}}` are taken
 * apart by quotes. The shell cannot carry NUL; who calls sees to it that there is none.
 */
export function quoteShell(text: string): string {
  if (PLAIN.test(text)) return text;
  const quoted = text.replaceAll("'", "'\\''").replaceAll(/([{[}])(?=\1)/g, "$1''");
  return `'${quoted}'`;
}

/** `=` only after a dash: at the head of a command it would make an assignment. No `~`: it would be a home. */
const PLAIN = /^(?:[A-Za-z0-9_@%+:,./-]+|-[A-Za-z0-9_@%+:,./=-]+)$/;
