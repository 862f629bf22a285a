import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import { compareText, firstDifference } from '../base/compare.ts';
import { chooseNodes } from '../resolve/choose-nodes.ts';
import type { Installability } from '../resolve/installability.ts';
import type { DependsExplanation } from './explain-document.ts';

/** How many packages are named. */
const NAMED = 5;

/**
 * What a unit's build dependencies add to its base chroot, by the same choices as estimates are: the first candidate of each
 * relation that can be installed.
 * @returns for each unit its packages; null where none has a size. O(nodes + clauses + the units' install sets)
 */
export function largestDepends(
  universe: Universe,
  installability: Installability,
  units: readonly number[],
): readonly (DependsExplanation | null)[] {
  const chosen = chooseNodes(universe, installability, new Int32Array(universe.clauses.alternatives.length));
  const bases = new Map<number, ReadonlySet<number>>();
  return units.map((unit) => {
    const context = at(universe.unitContext, unit);
    const base = bases.get(context) ?? closure(universe, chosen, row(universe.implicitClauses, context));
    bases.set(context, base);
    const own = [...closure(universe, chosen, row(universe.unitClauses, unit))];
    return describe(
      universe,
      own.filter((node) => !base.has(node)),
    );
  });
}

function closure(universe: Universe, chosen: Int32Array, clauses: Iterable<number>): ReadonlySet<number> {
  const met = new Set<number>();
  const take = (clause: number): void => {
    const node = at(chosen, clause);
    if (node >= 0) met.add(node);
  };
  for (const clause of clauses) take(clause);
  // a set walks on over what is added on the way
  for (const node of met) for (const clause of row(universe.nodeClauses, node)) take(clause);
  return met;
}

function describe({ nodes }: Universe, members: readonly number[]): DependsExplanation | null {
  const sized = members.flatMap((node) => {
    const record = nodes.record[node];
    const existing = record !== undefined && 'indexArchitectures' in record ? record : nodes.model[node];
    const bytes = existing?.installedBytes;
    return bytes === undefined
      ? []
      : [{ package: at(nodes.name, node), version: nodes.version[node] ?? null, installedBytes: bytes }];
  });
  if (sized.length === 0 && members.length > 0) return null;
  const largest = [...sized].sort((a, b) =>
    firstDifference(b.installedBytes - a.installedBytes, compareText(a.package, b.package)),
  );
  return {
    packages: members.length,
    installedBytes: sized.reduce((sum, { installedBytes }) => sum + installedBytes, 0),
    unknownSizes: members.length - sized.length,
    largest: largest.slice(0, NAMED),
  };
}
