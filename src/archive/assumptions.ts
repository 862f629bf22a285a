import { compareText } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, SourcePackage } from '../debian/package.ts';
import { formatAlternatives, type Alternatives } from '../debian/relation.ts';
import { assumedExisting, unknownProducer } from './diagnostics.ts';

/** Decides which binaries that nothing lists count as existing all the same, and keeps count of them. */
export class Assumptions {
  readonly #indexed: ReadonlySet<string>;
  readonly #known: ReadonlySet<string>;
  readonly #unknownSources: number;
  readonly #unindexed = new Map<string, string[]>();
  readonly #unknown = new Map<string, { readonly relation: string; readonly arch: string }>();

  constructor(
    sources: readonly SourcePackage[],
    binaries: readonly BinaryPackage[],
    indexedArchitectures: readonly string[],
  ) {
    this.#indexed = new Set(indexedArchitectures);
    this.#unknownSources = sources.filter((source) => !source.knowsBinaries).length;
    this.#known = this.#unknownSources === 0 ? new Set() : namesOf(sources, binaries);
  }

  /**
   * May a binary that no source here builds and no index lists for this architecture count as existing?
   * Yes without an index for the architecture; and where some sources don't tell their binaries, if no input names it at all.
   */
  mayExist(name: string, group: Alternatives, arch: string): boolean {
    if (!this.#indexed.has(arch)) {
      const names = this.#unindexed.get(arch);
      if (names === undefined) this.#unindexed.set(arch, [name]);
      else names.push(name);
      return true;
    }
    if (this.#unknownSources === 0 || this.#known.has(name)) return false;
    const relation = formatAlternatives(group);
    this.#unknown.set(`${relation} ${arch}`, { relation, arch });
    return true;
  }

  reportAll(report: Report): void {
    for (const [arch, names] of [...this.#unindexed].sort(([a], [b]) => compareText(a, b))) {
      const distinct = [...new Set(names)].sort(compareText);
      report(assumedExisting(arch, distinct.length, distinct[0] ?? ''));
    }
    for (const [, { relation, arch }] of [...this.#unknown].sort(([a], [b]) => compareText(a, b))) {
      report(unknownProducer(relation, arch, this.#unknownSources));
    }
  }
}

function namesOf(sources: readonly SourcePackage[], binaries: readonly BinaryPackage[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const source of sources) for (const binary of source.binaries) names.add(binary.name);
  for (const binary of binaries) {
    names.add(binary.name);
    for (const [provided] of binary.provides?.groups ?? [])
      if (provided !== undefined) names.add(provided.package);
  }
  return names;
}
