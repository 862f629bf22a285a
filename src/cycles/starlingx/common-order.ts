import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo } from '../../base/csr.ts';
import { cyclicComponents, stronglyConnected } from '../../graph/strongly-connected.ts';
import { brokenNeeds } from './broken-needs.ts';
import { leastHarmOrder } from './least-harm-order.ts';
import type { CyclePlatform } from './platform.ts';

/** Gives an order for sources of a platform that need each other: the same places, in order. */
export type OrderOf = (platform: CyclePlatform, members: readonly number[]) => readonly number[];

/**
 * One order for the cycles of several platforms, so that no two entries of a file contradict each other: the order of
 * least harm for all of them together, taken for each set as far as it concerns it. A set for which it would break a
 * hard wait that another order honours gets that one.
 * @param isWished whether somebody wants the first name before the second; decides between orders of equal harm
 */
export function commonOrder(
  platforms: readonly CyclePlatform[],
  isWished: (first: string, then: string) => boolean = () => false,
): OrderOf {
  const all = mergePlatforms(platforms);
  const rank = new Map<string, number>();
  for (const members of cyclicComponents(all.needs, stronglyConnected(all.needs))) {
    const wish = (first: number, then: number): boolean =>
      isWished(at(all.names, first), at(all.names, then));
    for (const place of leastHarmOrder(all, [...members], wish)) rank.set(at(all.names, place), rank.size);
  }
  return (platform, members) => {
    const rankOf = (place: number): number => rank.get(at(platform.names, place)) ?? -1;
    const common = [...members].sort((a, b) => rankOf(a) - rankOf(b));
    if (hardBroken(platform, common) === 0) return common;
    const own = leastHarmOrder(platform, members);
    return hardBroken(platform, own) < hardBroken(platform, common) ? own : common;
  };
}

function hardBroken(platform: CyclePlatform, order: readonly number[]): number {
  return brokenNeeds(platform, order).filter(({ isHard }) => isHard).length;
}

/** All platforms as one, by name: the waits inside their cycles, harm added up. */
function mergePlatforms(platforms: readonly CyclePlatform[]): CyclePlatform {
  const harms = new Map<string, Map<string, { harm: number; isHard: boolean }>>();
  for (const { names, needs, harm, isHard } of platforms) {
    const { of } = stronglyConnected(needs);
    names.forEach((name, from) => {
      for (let edge = edgesFrom(needs, from); edge < edgesTo(needs, from); edge++) {
        const to = at(needs.target, edge);
        if (of[to] !== of[from]) continue;
        const row = harms.get(name) ?? new Map<string, { harm: number; isHard: boolean }>();
        harms.set(name, row);
        const known = row.get(at(names, to)) ?? { harm: 0, isHard: false };
        row.set(at(names, to), {
          harm: known.harm + at(harm, edge),
          isHard: known.isHard || isHard[edge] === 1,
        });
      }
    });
  }
  const names = [...harms.keys()].sort(compareText);
  const edges = new EdgeList();
  const flat = names.flatMap((name, from) =>
    [...(harms.get(name) ?? [])].map(([to, weight]) => {
      edges.push(from, names.indexOf(to));
      return weight;
    }),
  );
  return {
    label: 'all platforms',
    names,
    needs: buildCsr(names.length, edges),
    isHard: Uint8Array.from(flat, ({ isHard }) => Number(isHard)),
    harm: Float64Array.from(flat, ({ harm }) => harm),
    isKnown: new Uint8Array(names.length).fill(1),
    explain: () => undefined,
  };
}
