import type { Unit } from '../../src/archive/unit.ts';
import type { Alternatives } from '../../src/debian/relation.ts';
import { formatAlternatives } from '../../src/debian/relation.ts';
import { buildFields } from '../../src/archive/universe.ts';
import type { SlowArchive, SlowPackage } from './slow-archive.ts';

/** One step of a chain: a binary, and the relation that asked for it if the chain tells. */
export interface Step {
  /** Undefined: not told. */
  readonly relation: string | undefined;
  readonly fits: (binary: SlowPackage) => boolean;
}

/** The groups that a build dependency, as it stands in the control data, comes down to for a unit: one, or none. */
export function groupsWritten(archive: SlowArchive, unit: Unit, relation: string): readonly Alternatives[] {
  const written = buildFields(unit).flatMap((field) => field.groups);
  if (!written.some((group) => formatAlternatives(group) === relation)) return [];
  // A reduced group keeps the texts of the relations that hold.
  return archive
    .needsOf(unit)
    .filter((group) => group.every((alternative) => relation.includes(formatAlternatives([alternative]))));
}

/**
 * Follows a chain from relation to package to relation.
 * @returns the packages that the last step can mean and the relations that are open behind them; empty: it breaks off
 */
export function followChain(
  archive: SlowArchive,
  unit: Unit,
  start: readonly Alternatives[],
  steps: readonly Step[],
): { readonly packages: readonly SlowPackage[]; readonly open: readonly Alternatives[] } {
  let open = start;
  let packages: readonly SlowPackage[] = [];
  for (const { relation, fits } of steps) {
    packages = open
      .filter((group) => relation === undefined || formatAlternatives(group) === relation)
      .flatMap((group) => archive.satisfiers(unit, group).filter(fits));
    open = packages.flatMap((binary) => binary.needs);
  }
  return { packages, open };
}
