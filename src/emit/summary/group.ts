/** Entries in groups of one key each, in the order in which the keys first occur. */
export function groupBy<T>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

/** The different texts of some entries, sorted. */
export function distinct<T>(entries: readonly T[], textOf: (entry: T) => string): readonly string[] {
  return [...new Set(entries.map(textOf))].sort();
}
