import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { CyclePlatform } from './platform.ts';

/** A wait that an order does not honour: `from` is built before `to`, which it needs. Both are places of names. */
export interface BrokenNeed {
  readonly from: number;
  readonly to: number;
  readonly isHard: boolean;
  readonly harm: number;
}

/**
 * The waits inside an order that it does not honour: what is built the first time against an older binary of the other.
 * @param order places of names; of a name that stands twice the first place counts
 * @returns in the order of `from` in the order, then by `to`
 */
export function brokenNeeds(platform: CyclePlatform, order: readonly number[]): readonly BrokenNeed[] {
  const { needs, isHard, harm } = platform;
  const position = new Map<number, number>();
  order.forEach((name, index) => {
    if (!position.has(name)) position.set(name, index);
  });
  return [...position].flatMap(([from, own]) => {
    const broken: BrokenNeed[] = [];
    for (let edge = edgesFrom(needs, from); edge < edgesTo(needs, from); edge++) {
      const to = at(needs.target, edge);
      if ((position.get(to) ?? -1) <= own) continue;
      broken.push({ from, to, isHard: isHard[edge] === 1, harm: at(harm, edge) });
    }
    return broken;
  });
}
