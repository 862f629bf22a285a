/** Entries in groups of one key each, in the order in which the keys first occur. O(n) */
export function groupBy<T, Key>(
  entries: Iterable<T>,
  keyOf: (entry: T) => Key,
): ReadonlyMap<Key, readonly [T, ...T[]]> {
  const groups = new Map<Key, [T, ...T[]]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}
