import { at } from '../base/column.ts';

/** At most so many of a list, evenly spread, its first and last one among them. @param most ≥ 2 */
export function thin<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, index) =>
    at(list, Math.round((index * (list.length - 1)) / (most - 1))),
  );
}
