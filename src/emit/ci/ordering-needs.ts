import { at } from '../../base/column.ts';
import type { CiUnit } from './ci-units.ts';

/**
 * The needs that give the same order: without those that another need waits for itself. One step is looked at, which is
 * all where needs are closed, as those of install sets nearly are. O(sum of the needs of all needs)
 * @returns places, ascending, one list a unit
 */
export function orderingNeeds(units: readonly CiUnit[]): readonly (readonly number[])[] {
  const impliedFor = new Int32Array(units.length).fill(-1);
  return units.map(({ needs }, place) => {
    for (const need of needs) for (const implied of at(units, need).needs) impliedFor[implied] = place;
    return needs.filter((need) => at(impliedFor, need) !== place);
  });
}
