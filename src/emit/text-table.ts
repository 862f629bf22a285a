import { at } from '../base/column.ts';

/** What becomes of a cell on the way out: its text in a colour, no letter more or less. */
export type PaintCell = (cell: string, column: number, row: number) => string;

/**
 * Rows as aligned columns, two spaces apart, no trailing blanks.
 * @param alignRight which columns hold numbers; missing: left
 */
export function textTable(
  rows: readonly (readonly string[])[],
  alignRight: readonly boolean[],
  paint: PaintCell = (cell) => cell,
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row, index) =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat(at(widths, column) - cell.length);
        const painted = cell === '' ? '' : paint(cell, column, index);
        return alignRight[column] === true ? `${padding}${painted}` : `${painted}${padding}`;
      })
      .join('  ')
      .trimEnd(),
  );
}
