import { at } from '../../base/column.ts';
import type { ComparedLink, Pair } from '../../compare/comparison-document.ts';

/** A line of two chains side by side: a link of each side, the same unit where both are there. */
export type ChainRow = Pair<ComparedLink | undefined>;

/**
 * Two chains side by side: as many units of both as stand in the same order in both share a row, the others have rows of their
 * own, left ones first. O(n log n)
 */
export function alignChains([left, right]: Pair<readonly ComparedLink[]>): readonly ChainRow[] {
  const placeOf = new Map(right.map(({ unit }, place) => [unit, place]));
  const common = left.flatMap(({ unit }, ours) => {
    const theirs = placeOf.get(unit);
    return theirs === undefined ? [] : [{ ours, theirs }];
  });
  const rows: ChainRow[] = [];
  let ours = 0;
  let theirs = 0;
  const advance = (toOurs: number, toTheirs: number): void => {
    for (; ours < toOurs; ours++) rows.push([at(left, ours), undefined]);
    for (; theirs < toTheirs; theirs++) rows.push([undefined, at(right, theirs)]);
  };
  for (const shared of longestRising(common)) {
    advance(shared.ours, shared.theirs);
    rows.push([at(left, ours++), at(right, theirs++)]);
  }
  advance(left.length, right.length);
  return rows;
}

interface Place {
  readonly ours: number;
  readonly theirs: number;
}

/** The most places, in their order, whose `theirs` rise: patience sorting. */
function longestRising(places: readonly Place[]): readonly Place[] {
  /** For each length, the place at which a rising row of it ends lowest. */
  const ends: number[] = [];
  const before: number[] = [];
  places.forEach(({ theirs }, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(places, at(ends, middle)).theirs < theirs) low = middle + 1;
      else high = middle;
    }
    before.push(low === 0 ? -1 : at(ends, low - 1));
    ends[low] = index;
  });
  const rising: Place[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = at(before, index)) rising.push(at(places, index));
  return rising.reverse();
}
