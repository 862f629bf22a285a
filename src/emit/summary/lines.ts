/** The width that the lines of a section keep to: 100 columns with the section's own two blanks. */
export const WIDTH = 98;

/** How much of a list is shown: its first lines, or all of them. */
export type Shown = 'some' | 'all';

/** The first lines of a list, and how many more there are; or all. */
export function shorten(lines: readonly string[], limit: number, shown: Shown): readonly string[] {
  if (shown === 'all' || lines.length <= limit) return lines;
  return [...lines.slice(0, limit), `… and ${String(lines.length - limit)} more`];
}

/** As many names as fit into a line, and how many more there are; at least one. */
export function joinNames(names: readonly string[], width: number): string {
  for (let length = names.length; length > 1; length--) {
    const more = names.length - length;
    const text = [...names.slice(0, length), ...(more === 0 ? [] : [`${String(more)} more`])].join(', ');
    if (text.length <= width) return text;
  }
  return names.length > 2 ? `${names[0] ?? ''}, ${String(names.length - 1)} more` : names.join(', ');
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

/** A text in one line of a width, cut at a blank where it is longer. */
export function cutLine(text: string, width: number): string {
  if (text.length <= width) return text;
  const cut = text.slice(0, width - 1);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > 0 ? end : width - 2).replace(/[,;:]$/, '')} …`;
}

/** `3 builds`, `1 build`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function ellipsis(line: string): string {
  return line.length + 2 <= WIDTH ? `${line} …` : `${line.slice(0, line.lastIndexOf(' '))} …`;
}
