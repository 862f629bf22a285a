import { buildGroup, type Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { edgesFrom, row } from '../base/csr.ts';
import type { Location } from '../base/diagnostic.ts';
import { formatAlternatives } from '../debian/relation.ts';
import { locateGroup } from '../parse/relation-field.ts';

/** Where a chain begins: a build dependency. */
export interface Origin {
  /** `Build-Depends`, `-Arch`, `-Indep`; `Essential` for what every chroot holds. */
  readonly field: string;
  /** As written. */
  readonly relation: string;
  /** For `Essential` the source's. */
  readonly location: Location;
}

/** The build dependency of a unit that a clause stands for; what it isn't, every chroot holds. */
export function originOf(universe: Universe, unit: number, clause: number): Origin {
  const relation = formatAlternatives(at(universe.clauses.alternatives, clause));
  const { location } = at(universe.units, unit).source;
  return findDependency(universe, unit, clause) ?? { field: 'Essential', relation, location };
}

/** The first build dependency of a unit that a clause stands for; undefined: none does. O(build dependencies) */
export function findDependency(universe: Universe, unit: number, clause: number): Origin | undefined {
  const place = row(universe.unitClauses, unit).indexOf(clause);
  return place < 0 ? undefined : dependencyAt(universe, unit, place);
}

/** @param place in the unit's row of `unitClauses` */
export function dependencyAt(
  { units, unitClauses, unitClauseGroup }: Universe,
  unit: number,
  place: number,
): Origin {
  const edge = edgesFrom(unitClauses, unit) + place;
  const { field, index, group } = buildGroup(at(units, unit), at(unitClauseGroup, edge));
  return { field: field.name, relation: formatAlternatives(group), location: locateGroup(field, index) };
}
