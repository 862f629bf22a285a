import { at } from '../base/column.ts';

/**
 * Rows as aligned columns, two spaces apart, no trailing blanks.
 * @param alignRight which columns hold numbers; missing: left
 */
export function textTable(
  rows: readonly (readonly string[])[],
  alignRight: readonly boolean[],
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = at(widths, column);
        return alignRight[column] === true ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
