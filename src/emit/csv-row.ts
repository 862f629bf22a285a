/** A row of CSV. @see RFC 4180, but for the line end, which is `\n` */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(quoteCsv).join(',')}\n`;
}

/** A text of the user's as a cell: what a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoteCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
