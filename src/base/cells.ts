/**
 * `at` for one kind of column. The shared `at` has seen every kind of array, so each of its reads looks up which one this is:
 * list scheduling 35,000 tasks took twice as long with it.
 * @throws a 'BUG: …' error when the index lies outside
 */
export function float64At(column: Float64Array, index: number): number {
  const cell = column[index];
  if (cell === undefined) throw new Error(`BUG: index ${String(index)} of ${String(column.length)}`);
  return cell;
}

/** The same for integers. */
export function int32At(column: Int32Array, index: number): number {
  const cell = column[index];
  if (cell === undefined) throw new Error(`BUG: index ${String(index)} of ${String(column.length)}`);
  return cell;
}

/** The same for bytes. */
export function uint8At(column: Uint8Array, index: number): number {
  const cell = column[index];
  if (cell === undefined) throw new Error(`BUG: index ${String(index)} of ${String(column.length)}`);
  return cell;
}
