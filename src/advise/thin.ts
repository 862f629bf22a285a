import { at } from '../base/column.ts';
import { compareNumber } from '../base/compare.ts';

/** At most so many of a list, evenly spread, its first and last one among them. @param most ≥ 2 */
export function thin<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, index) =>
    at(list, Math.round((index * (list.length - 1)) / (most - 1))),
  );
}

/**
 * The same of numbers whose ratio counts: spread so that each is about as many times as large as the one before.
 * @param list ascending, positive
 */
export function thinByRatio(list: readonly number[], most: number): readonly number[] {
  const first = list[0];
  const last = list.at(-1);
  if (list.length <= most || first === undefined || last === undefined) return list;
  const kept = new Set<number>();
  for (let index = 0; index < most; index++) {
    const wanted = Math.log(first) + ((Math.log(last) - Math.log(first)) * index) / (most - 1);
    const distance = (number: number): number => Math.abs(Math.log(number) - wanted);
    const left = list.filter((number) => !kept.has(number));
    kept.add(left.reduce((near, number) => (distance(number) < distance(near) ? number : near)));
  }
  return [...kept].sort(compareNumber);
}
