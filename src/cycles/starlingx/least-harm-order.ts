import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { CyclePlatform } from './platform.ts';

/** Up to so many members the least harm is found by trying all; above, member by member. */
const EXACT_SIZE = 13;

/** More than all harm of soft waits together: a hard one is broken only where there is no other order. */
const HARD_HARM = 1e9;

/** What sparing others counts at most, so that it never pays for a hard wait. */
const SPARED_MOST = 1e3;

/** Less than any harm: wishes decide between orders that do equal harm. */
const WISH_HARM = 1e-6;

/** Whether somebody wants one source of a platform to be built before another. */
export type Wish = (first: number, then: number) => boolean;

/**
 * An order to build sources that wait for each other: every hard wait inside the set is honoured where that is possible,
 * the harm of the soft waits that aren't is least, then most wishes are granted; ties by name. Least for up to 13
 * members; above, the next one is always the one that does least harm by going next.
 * @param members places of names, ascending
 * @returns the same places in order. O(2 ** members × members²) up to 13, O(members³) above
 */
export function leastHarmOrder(
  platform: CyclePlatform,
  members: readonly number[],
  wish: Wish = () => false,
): readonly number[] {
  const cost = costs(platform, members, wish);
  const places = members.length <= EXACT_SIZE ? exactOrder(cost) : greedyOrder(cost);
  return places.map((member) => at(members, member));
}

/** `cost[a][b]`: the harm of building a before b. */
function costs(
  { needs, isHard, harm }: CyclePlatform,
  members: readonly number[],
  wish: Wish,
): readonly Float64Array[] {
  const local = new Map(members.map((name, member) => [name, member]));
  return members.map((name, member) => {
    const row = Float64Array.from(members, (other) => (wish(other, name) ? WISH_HARM : 0));
    for (let edge = edgesFrom(needs, name); edge < edgesTo(needs, name); edge++) {
      const need = local.get(at(needs.target, edge));
      if (need === undefined || need === member) continue;
      row[need] = at(row, need) + (isHard[edge] === 1 ? HARD_HARM : 0) + at(harm, edge);
    }
    return row;
  });
}

/** Dynamic programming over what has been built so far. */
function exactOrder(cost: readonly Float64Array[]): readonly number[] {
  const size = cost.length;
  const all = 2 ** size - 1;
  const rest = new Float64Array(all + 1);
  const costOfNext = (built: number, next: number): number => {
    let sum = 0;
    for (let other = 0; other < size; other++)
      if ((built & (1 << other)) === 0) sum += at(at(cost, next), other);
    return sum;
  };
  for (let built = all - 1; built >= 0; built--) {
    let least = Infinity;
    for (let next = 0; next < size; next++) {
      if ((built & (1 << next)) !== 0) continue;
      least = Math.min(least, costOfNext(built, next) + at(rest, built | (1 << next)));
    }
    rest[built] = least;
  }
  const order: number[] = [];
  for (let built = 0; built !== all;) {
    let next = 0;
    while (
      (built & (1 << next)) !== 0 ||
      costOfNext(built, next) + at(rest, built | (1 << next)) > at(rest, built)
    )
      next++;
    order.push(next);
    built |= 1 << next;
  }
  return order;
}

function greedyOrder(cost: readonly Float64Array[]): readonly number[] {
  const left = new Set(cost.keys());
  const order: number[] = [];
  while (left.size > 0) {
    let best = -1;
    let least = Infinity;
    for (const next of left) {
      let balance = 0;
      for (const other of left) {
        const harm = at(at(cost, next), other);
        const spared = at(at(cost, other), next);
        balance += harm - Math.min(spared, SPARED_MOST);
      }
      if (balance >= least) continue;
      least = balance;
      best = next;
    }
    left.delete(best);
    order.push(best);
  }
  return order;
}
