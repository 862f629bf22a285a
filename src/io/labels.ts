import { at } from '../base/column.ts';

/**
 * Names paths without saying where they lie: each by its last part, with as many parent folders in front as it takes to
 * tell it from the others. No name is another's beginning, so names of files below them differ too.
 * @param paths absolute and normalized, without doubles, `/` between their parts
 * @returns one label a path, in the same order; they depend on the set of paths only
 */
export function labelPaths(paths: readonly string[]): readonly string[] {
  const parts = paths.map((path) => path.split('/').filter((part) => part !== ''));
  const lengths = parts.map((list) => Math.min(1, list.length));
  for (;;) {
    const labels = parts.map((list, index) => list.slice(list.length - at(lengths, index)).join('/'));
    const clashing = indexesOfClashes(labels);
    const growing = clashing.filter((index) => at(lengths, index) < at(parts, index).length);
    if (growing.length === 0) return labels;
    for (const index of growing) lengths[index] = at(lengths, index) + 1;
  }
}

/** Every label that equals another, begins another at a `/`, or begins with another so. O(n × depth) */
function indexesOfClashes(labels: readonly string[]): readonly number[] {
  const holders = new Map<string, number[]>();
  labels.forEach((label, index) => {
    const list = holders.get(label);
    if (list === undefined) holders.set(label, [index]);
    else list.push(index);
  });
  const clashing = new Set<number>();
  for (const list of holders.values()) if (list.length > 1) for (const index of list) clashing.add(index);
  labels.forEach((label, index) => {
    for (let slash = label.indexOf('/'); slash !== -1; slash = label.indexOf('/', slash + 1)) {
      const shorter = holders.get(label.slice(0, slash));
      if (shorter === undefined) continue;
      clashing.add(index);
      for (const other of shorter) clashing.add(other);
    }
  });
  return [...clashing];
}
