import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import type { Location } from '../base/diagnostic.ts';
import { reduceAlternatives } from '../debian/reduce.ts';
import { formatAlternatives, type Alternatives } from '../debian/relation.ts';
import { locateGroup } from '../parse/relation-field.ts';

/** Where a run-time relation stands. */
export interface LinkPlace {
  /** `Pre-Depends` or `Depends`. */
  readonly field: string;
  readonly location: Location;
  /**
   * The existing binary of the same name has the relation, and stands in for the one to be built, whose own
   * relations the source doesn't tell in full.
   */
  readonly isStandIn: boolean;
}

/**
 * Finds the relation of a binary that a clause came from.
 * @param clause one of the node's
 * @returns undefined when none of its relations is meant. O(relations of the node)
 */
export function locateLink(universe: Universe, node: number, clause: number): LinkPlace | undefined {
  const { nodes, clauses, contexts, units } = universe;
  const wanted = at(clauses.alternatives, clause);
  const { arch } = at(contexts, at(nodes.context, node));
  const producer = at(nodes.producer, node);
  const profiles = new Set(producer < 0 ? [] : at(units, producer).target.profiles);
  const standIn = nodes.model[node];
  for (const fits of [isSame, isSameWithoutVersions, isNamed]) {
    for (const record of [nodes.record[node], standIn]) {
      for (const field of [record?.preDepends, record?.depends]) {
        if (field === undefined) continue;
        const index = field.groups.findIndex((group) => {
          const reduced = fits === isNamed ? group : reduceAlternatives(group, { arch, profiles });
          return reduced !== undefined && fits(reduced, wanted);
        });
        if (index === -1) continue;
        return {
          field: field.name,
          location: locateGroup(field, index),
          isStandIn: record !== undefined && record === standIn,
        };
      }
    }
  }
  return undefined;
}

function isSame(group: Alternatives, wanted: Alternatives): boolean {
  return group === wanted || formatAlternatives(group) === formatAlternatives(wanted);
}

/** A stand-in's relations to its siblings lose their versions. */
function isSameWithoutVersions(group: Alternatives, wanted: Alternatives): boolean {
  return isSame(
    group.map((relation) => ({ ...relation, version: undefined })),
    wanted,
  );
}

/** StarlingX's reading makes a clause of each name. */
function isNamed(group: Alternatives, wanted: Alternatives): boolean {
  return wanted.length === 1 && group.some((relation) => relation.package === wanted[0]?.package);
}
