import { at } from '../../base/column.ts';
import type { CiUnit } from './ci-units.ts';

/**
 * What a build gets the packages of: all that it waits for, directly or not, since a plan leaves out needs that follow from others,
 * and since a run gives builds no less.
 * @param units needs first
 * @returns of each unit the places of others, ascending. O(sum of the results × needs of a unit): for the few that hand packages on
 */
export function handedOn(units: readonly CiUnit[]): readonly (readonly number[])[] {
  const found: Set<number>[] = [];
  for (const { needs } of units) {
    const own = new Set(needs);
    for (const need of needs) for (const further of at(found, need)) own.add(further);
    found.push(own);
  }
  return found.map((own) => [...own].sort((a, b) => a - b));
}
