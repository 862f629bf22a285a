import { buildGroup, type Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Location } from '../base/diagnostic.ts';
import type { RelationField } from '../debian/relation.ts';
import { formatAlternatives, type Alternatives } from '../debian/relation.ts';
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
  const { unitClauses, unitClauseGroup, units } = universe;
  for (let edge = edgesFrom(unitClauses, unit); edge < edgesTo(unitClauses, unit); edge++) {
    if (unitClauses.target[edge] !== clause) continue;
    const { field, index, group } = buildGroup(at(units, unit), at(unitClauseGroup, edge));
    return { field: field.name, relation: formatAlternatives(group), location: locateGroup(field, index) };
  }
  const relation = formatAlternatives(at(universe.clauses.alternatives, clause));
  return { field: 'Essential', relation, location: at(units, unit).source.location };
}

/**
 * Where the relation of a binary stands that a clause was made from; where the binary's record does not tell (a build
 * not yet done takes over those of the existing binary), where the binary stands.
 */
export function locateRelation(universe: Universe, node: number, clause: number): Location | undefined {
  const wanted = at(universe.clauses.alternatives, clause);
  const record = universe.nodes.record[node];
  const fields = [record?.preDepends, record?.depends].filter((field) => field !== undefined);
  return locateIn(fields, wanted) ?? record?.location;
}

/** A clause holds the group itself, or those relations of it that restrictions leave; or, read otherwise, its names. */
function locateIn(fields: readonly RelationField[], wanted: Alternatives): Location | undefined {
  const isPart = (group: Alternatives): boolean => wanted.every((relation) => group.includes(relation));
  const names = new Set(wanted.map((relation) => relation.package));
  const isNamed = (group: Alternatives): boolean => group.some((relation) => names.has(relation.package));
  for (const fits of [isPart, isNamed]) {
    for (const field of fields) {
      const index = field.groups.findIndex(fits);
      if (index >= 0) return locateGroup(field, index);
    }
  }
  return undefined;
}
