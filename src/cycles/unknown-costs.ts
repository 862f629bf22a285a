import { namesProfile } from '../archive/unit.ts';
import type { Report } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import { isKnownProfile, KNOWN_PROFILES } from '../debian/known-profiles.ts';
import type { SourcePackage } from '../debian/package.ts';
import type { BreakCosts, CostSubject } from './break-costs.ts';
import { unknownCost } from './diagnostics.ts';

/** A cost of opening cycles that concerns nothing has no effect: most likely a name is misspelt. */
export function reportUnknownCosts(
  sources: readonly SourcePackage[],
  { subjects }: BreakCosts,
  report: Report,
): void {
  for (const subject of subjects) {
    const unknown = findUnknown(sources, subject);
    if (unknown !== undefined)
      report(unknownCost(unknown.what, subject.location, nearestName(unknown.name, unknown.known)));
  }
}

interface Unknown {
  readonly what: string;
  readonly name: string;
  /** What it may stand for. */
  readonly known: Iterable<string>;
}

/** What a cost is for, if the sources have no such thing. */
function findUnknown(sources: readonly SourcePackage[], subject: CostSubject): Unknown | undefined {
  switch (subject.kind) {
    case 'profile': {
      const { profile } = subject;
      if (isKnownProfile(profile) || sources.some((source) => namesProfile(source, profile)))
        return undefined;
      return { what: `build profile ${profile}`, name: profile, known: KNOWN_PROFILES };
    }
    case 'source': {
      const known = sources.map(({ name }) => name);
      if (known.includes(subject.source)) return undefined;
      return { what: `source ${subject.source}`, name: subject.source, known };
    }
    case 'relation': {
      const own = sources.filter(({ name }) => name === subject.source);
      const known = new Set(own.flatMap(packagesNamed));
      // of an unknown source that one is told
      if (own.length === 0 || known.has(subject.package)) return undefined;
      const what = `build dependency of ${subject.source} on ${subject.package}`;
      return { what, name: subject.package, known };
    }
  }
}

function packagesNamed({ buildDepends: { always, arch, indep } }: SourcePackage): readonly string[] {
  const groups = [always, arch, indep].flatMap((field) => field?.groups ?? []);
  return groups.flatMap((group) => group.map((relation) => relation.package));
}
