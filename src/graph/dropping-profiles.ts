import { buildGroup, type Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { edgesFrom } from '../base/csr.ts';
import { reduceAlternatives } from '../debian/reduce.ts';

/**
 * The build profiles that are not active for a unit and of which each alone drops one of its build dependencies; sorted.
 * @param place of the build dependency in the unit's row of `unitClauses`
 */
export function droppingProfiles(universe: Universe, unit: number, place: number): readonly string[] {
  const { units, unitClauses, unitClauseGroup, reading } = universe;
  if (reading === 'starlingx') return []; // names alone count there
  const own = at(units, unit);
  const { arch, profiles: active } = own.target;
  const { group } = buildGroup(own, at(unitClauseGroup, edgesFrom(unitClauses, unit) + place));
  const terms = group.flatMap(({ profiles }) => profiles.flat());
  const named = terms.filter((term) => term.startsWith('!')).map((term) => term.slice(1));
  return [...new Set(named)]
    .filter((profile) => !active.includes(profile))
    .filter((profile) => {
      const profiles = new Set([...active, profile]);
      return reduceAlternatives(group, { arch, profiles }) === undefined;
    })
    .sort(compareText);
}
