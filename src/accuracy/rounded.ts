/** To four decimals: more would be noise, and would tie the bytes of a document to the machine's logarithms. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
