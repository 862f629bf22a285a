import { compareNumber } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import { findFault, leastFootprint } from './declared.ts';
import { declarationMissing, declaredStale, declaredTooSmall } from './diagnostics.ts';
import { standingBytes } from './footprint.ts';
import type { Sighting } from './sightings.ts';
import type { UnitFacts } from './unit-facts.ts';

/**
 * Checks what packages declare against what builds took, and reports it once a source.
 * @returns the declarations that count, by the source's place in `facts`; a refuted one is undefined
 */
export function checkDeclarations(
  facts: readonly UnitFacts[],
  byName: ReadonlyMap<string, readonly Sighting[]>,
  report: Report,
): readonly (number | undefined)[] {
  const usual = usualDeclaration(facts);
  if (usual === undefined) return facts.map(() => undefined);
  const told = new Set<string>();
  return facts.map(({ unit, chroot }) => {
    const { name, buildSizeBytes } = unit.source;
    const builds = byName.get(name)?.map(({ record }) => record) ?? [];
    if (builds.length === 0) return buildSizeBytes;
    const standing = standingBytes(chroot);
    const isFirst = !told.has(name);
    told.add(name);
    if (buildSizeBytes === undefined) {
      const most = builds.reduce(
        (largest, record) => Math.max(largest, leastFootprint(record, standing) ?? 0),
        0,
      );
      if (isFirst && most > 0 && most >= usual) report(declarationMissing(unit, most, usual));
      return undefined;
    }
    const found = findFault(buildSizeBytes, builds, standing);
    if (found === undefined) return buildSizeBytes;
    const tell = found.fault === 'too-small' ? declaredTooSmall : declaredStale;
    if (isFirst)
      report(tell(unit, buildSizeBytes, found.record, leastFootprint(found.record, standing) ?? 0));
    return undefined;
  });
}

/** The middle of the declared sizes; undefined: nobody declares one. */
function usualDeclaration(facts: readonly UnitFacts[]): number | undefined {
  const declared = facts.flatMap(({ unit }) => unit.source.buildSizeBytes ?? []).sort(compareNumber);
  return declared[declared.length >> 1];
}
