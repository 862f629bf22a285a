/**
 * Reads a cell of a column or array that must exist.
 * @throws an 'BUG: …' error when the index lies outside
 */
export function at<T>(cells: { readonly [index: number]: T; readonly length: number }, index: number): T {
  const cell = cells[index];
  if (cell === undefined) throw new Error(`BUG: index ${String(index)} of ${String(cells.length)}`);
  return cell;
}
