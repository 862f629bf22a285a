/** A list of needs that stands for many, so that no job names more than a limit. */
export interface Gathered {
  /** The places of the units that each gathering job waits for. */
  readonly groups: readonly (readonly number[])[];
  /** For each unit the groups that it waits for instead of its needs; empty: it names its needs itself. */
  readonly groupsOf: readonly (readonly number[])[];
}

/**
 * Cuts lists that are longer than `most` into groups of so many. Units with the same beginnings share groups, since
 * needs come in plan order. Lists of more than `most` × `most` can't be. O(sum of needs)
 */
export function gatherNeeds(needs: readonly (readonly number[])[], most: number): Gathered {
  const groups: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const groupsOf = needs.map((list) => {
    if (list.length <= most) return [];
    const own: number[] = [];
    for (let from = 0; from < list.length; from += most) {
      const group = list.slice(from, from + most);
      const key = group.join();
      const index = known.get(key) ?? groups.push(group) - 1;
      known.set(key, index);
      own.push(index);
    }
    return own;
  });
  return { groups, groupsOf };
}
