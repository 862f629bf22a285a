import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import { formatAlternatives } from '../debian/relation.ts';
import { implicitFor, type AptInstallSet, type Base, type Member } from './apt-install-set.ts';
import type { Installability } from './installability.ts';
import { makeSolver, requestOf } from './judge.ts';

/**
 * An install set without a conflict, for a unit of which apt's first choice holds one. It fits what every chroot holds,
 * also where `base` leaves that out. Members as in `AptInstallSet`, each for the nearest relation that asks for it.
 * @param unit one that can be built
 * Cost: a search; exponential at worst.
 */
export function searchInstallSet(
  universe: Universe,
  installability: Installability,
  unit: number,
  base: Base,
): readonly Member[] {
  const outcome = makeSolver(universe, installability).solve(requestOf(universe, unit));
  if (outcome.kind !== 'installed')
    throw new Error(`BUG: ${at(universe.units, unit).key} has no install set, though it can be built`);
  const installed = new Set(outcome.installed);
  const members: Member[] = [];
  const taken = new Set<number>();
  const visit = (clause: number, parent: number): void => {
    const candidates = row(universe.clauses.candidates, clause);
    if (candidates.some((node) => taken.has(node))) return;
    const node = candidates.find((candidate) => installed.has(candidate));
    if (node === undefined) return;
    taken.add(node);
    members.push({ node, clause, parent });
  };
  for (const clause of implicitFor(universe, unit, base)) visit(clause, -1);
  for (const clause of row(universe.unitClauses, unit)) visit(clause, -1);
  for (const { node } of members) for (const clause of row(universe.nodeClauses, node)) visit(clause, node);
  return members;
}

/**
 * What speaks against an install set: two packages that can't be installed together, one that Build-Conflicts keep out, or else
 * the relation that is left open.
 */
export type AptFault = { readonly packages: readonly string[] } | { readonly relation: string };

/** The first fault of a unit's install set; undefined: it is sound. O(what conflicts with the set) */
export function faultOf(universe: Universe, unit: number, set: AptInstallSet): AptFault | undefined {
  const { nodeConflicts, unitConflicts, nodes, clauses } = universe;
  const inSet = new Set(set.members.map(({ node }) => node));
  const nameOf = (node: number): string => at(nodes.name, node);
  const keptOut = row(unitConflicts, unit).find((node) => inSet.has(node));
  if (keptOut !== undefined) return { packages: [nameOf(keptOut)] };
  const [open] = set.unmet;
  // what was given up for a member tells more than the relation that it leaves open
  const givenUp = open === undefined ? [] : row(clauses.candidates, open);
  for (const node of [...set.conflicting, ...givenUp]) {
    const other = row(nodeConflicts, node).find((candidate) => inSet.has(candidate));
    if (other !== undefined) return { packages: [nameOf(node), nameOf(other)] };
  }
  return open === undefined ? undefined : { relation: formatAlternatives(at(clauses.alternatives, open)) };
}
