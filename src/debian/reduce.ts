import { matchesArchitectureList } from './architecture.ts';
import { matchesProfiles } from './profile.ts';
import type { Alternatives, Relation } from './relation.ts';

/** What restrictions are judged against: the architecture that is built for and its active build profiles. */
export interface Restrictions {
  readonly arch: string;
  readonly profiles: ReadonlySet<string>;
}

/**
 * Drops the alternatives whose `[…]` or `<…>` does not hold, as dpkg's `reduce_arch` and `reduce_profiles` do.
 * @returns the same object when nothing is dropped; undefined when nothing is left: the group then asks for nothing.
 * The relations keep their restrictions, for messages. O(alternatives), without allocation when nothing is restricted
 */
export function reduceAlternatives(
  alternatives: Alternatives,
  restrictions: Restrictions,
): Alternatives | undefined {
  let holding = 0;
  for (const relation of alternatives) if (holds(relation, restrictions)) holding++;
  if (holding === alternatives.length) return alternatives;
  if (holding === 0) return undefined;
  return alternatives.filter((relation) => holds(relation, restrictions));
}

function holds(relation: Relation, restrictions: Restrictions): boolean {
  return (
    matchesArchitectureList(restrictions.arch, relation.architectures) &&
    matchesProfiles(relation.profiles, restrictions.profiles)
  );
}
