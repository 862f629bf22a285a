/** Orders texts by UTF-16 code unit: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders numbers ascending; no NaN. */
export function compareNumber(a: number, b: number): number {
  return a - b;
}

/** The first of several comparisons that is not zero: `firstDifference(compareText(a.name, b.name), a.id - b.id)`. */
export function firstDifference(...comparisons: readonly number[]): number {
  for (const comparison of comparisons) if (comparison !== 0) return comparison;
  return 0;
}
