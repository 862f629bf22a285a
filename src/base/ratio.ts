/** A part of a whole, 0 .. 1; of nothing it is 0. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** To four decimals: more would be noise, and would tie the bytes of a document to the machine's logarithms. Never −0. */
export function fourDecimals(value: number): number {
  return Math.round(value * 1e4) / 1e4 + 0;
}

/** To six decimals: without what binary fractions leave behind, with every digit that tells two plans apart. Never −0. */
export function sixDecimals(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}
