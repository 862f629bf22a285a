/** The width that the lines of a section keep to: 100 columns with the section's own two blanks. */
const WIDTH = 98;

/** The first lines of a list, and how many more there are. */
export function shorten(lines: readonly string[], limit: number): readonly string[] {
  if (lines.length <= limit) return lines;
  return [...lines.slice(0, limit), `… and ${String(lines.length - limit)} more, in the plan`];
}

/**
 * A text as lines of at most `WIDTH` columns, broken at blanks; a longer word stands alone. What doesn't fit in `limit`
 * lines is cut off with `…`.
 * @param indent before the first line; the following ones get two blanks more
 */
export function wrap(text: string, indent: string, limit: number): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = `${indent}  `;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  lines.push(line);
  if (lines.length <= limit) return lines;
  return [...lines.slice(0, limit - 1), ellipsis(lines[limit - 1] ?? '')];
}

/** `3 builds`, `1 build`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function ellipsis(line: string): string {
  return line.length + 2 <= WIDTH ? `${line} …` : `${line.slice(0, line.lastIndexOf(' '))} …`;
}
