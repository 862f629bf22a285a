import type { Report } from './base/diagnostic.ts';
import { nearestName } from './base/nearest-name.ts';
import type { BreakCosts } from './cycles/break-costs.ts';
import type { SourcePackage } from './debian/package.ts';
import { unknownCost } from './plan/diagnostics.ts';

/** A cost of opening cycles that concerns nothing has no effect: most likely a name is misspelt. */
export function reportUnknownCosts(
  sources: readonly SourcePackage[],
  costs: BreakCosts,
  report: Report,
): void {
  for (const [name, { relations }] of costs.sources) {
    const own = sources.filter((source) => source.name === name);
    if (own.length === 0) {
      const known = sources.map((source) => source.name);
      report(unknownCost(`source ${name}`, nearestName(name, known)));
      continue;
    }
    const packages = new Set(own.flatMap(packagesNamed));
    for (const relation of relations.keys()) {
      if (packages.has(relation)) continue;
      report(unknownCost(`build dependency of ${name} on ${relation}`, nearestName(relation, packages)));
    }
  }
}

function packagesNamed({ buildDepends: { always, arch, indep } }: SourcePackage): readonly string[] {
  const groups = [always, arch, indep].flatMap((field) => field?.groups ?? []);
  return groups.flatMap((group) => group.map((relation) => relation.package));
}
