/** The different texts of some entries, sorted. */
export function distinct<T>(entries: readonly T[], textOf: (entry: T) => string): readonly string[] {
  return [...new Set(entries.map(textOf))].sort();
}
