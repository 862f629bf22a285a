import { at } from '../base/column.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, MultiArch, ProducedBinary, SourcePackage } from '../debian/package.ts';
import type { ArchiveIndex } from './archive-index.ts';
import type { Offer } from './match.ts';
import { chooseProducer, findTwin, producedVersion, type Producer, type Producers } from './producers.ts';
import type { Context } from './context.ts';
import type { Unit } from './unit.ts';

/** A binary as one context sees it. */
export interface ContextPackage extends Offer {
  /** The number of its name in the archive's index. */
  readonly name: number;
  /** The unit that builds it, or -1. */
  readonly producer: number;
  /** A `Packages` index has it, or it counts as existing. */
  readonly exists: boolean;
  /** Its unit belongs to a later layer than the context. */
  readonly later: boolean;
  readonly context: number;
  readonly multiArch: MultiArch;
  readonly essential: boolean;
  readonly record: BinaryPackage | ProducedBinary | undefined;
  /** Of one to be built: the existing binary whose relations stand in for those that the record does not tell. */
  readonly model: BinaryPackage | undefined;
}

/** What each context can install: what its units build, and what exists. A name is looked at when it is asked for. */
export class ContextPackages {
  readonly index: ArchiveIndex;
  readonly #contexts: readonly Context[];
  readonly #producers: Producers;
  readonly #indexed: ReadonlySet<string>;
  readonly #layerRank: ReadonlyMap<string, number>;
  readonly #builtWith = new Map<SourcePackage, ReadonlySet<string>>();

  /** @param indexedArchitectures those with a `Packages` index */
  constructor(
    contexts: readonly Context[],
    producers: Producers,
    index: ArchiveIndex,
    indexedArchitectures: readonly string[],
    layerRank: ReadonlyMap<string, number>,
  ) {
    this.index = index;
    this.#contexts = contexts;
    this.#producers = producers;
    this.#indexed = new Set(indexedArchitectures);
    this.#layerRank = layerRank;
  }

  /** The packages of a name, what is built first, then what exists, the newest first; in a cross build the builder's before. */
  named(context: number, name: number): readonly ContextPackage[] {
    const { arch, buildArch } = at(this.#contexts, context);
    const found: ContextPackage[] = [];
    if (arch !== buildArch) this.forBuilder(context, name, found);
    this.forHost(context, name, found);
    return found;
  }

  /**
   * Puts those for the architecture that is built for behind `found`; `Architecture: all` that exists is the builder's in a cross
   * build.
   */
  forHost(context: number, name: number, found: ContextPackage[]): void {
    const own = at(this.#contexts, context);
    const versions = this.index.versions(own.arch, name);
    const rivals = this.#producers.of(own.arch, name);
    const twin = this.#addProduced(own, own.arch, name, rivals, versions, found);
    for (const binary of versions) {
      const isCrossAll = own.buildArch !== own.arch && binary.architecture === 'all';
      if (binary !== twin && !isCrossAll) found.push(existing(context, own.arch, name, binary));
    }
  }

  /**
   * The same for the architecture that a cross build runs on: what the plan builds for it, but for `Architecture: all`, which counts
   * with the other one's; and what exists, `Architecture: all` from both indexes.
   */
  forBuilder(context: number, name: number, found: ContextPackage[]): void {
    const own = at(this.#contexts, context);
    const { arch, buildArch } = own;
    const versions = this.index.versions(buildArch, name);
    const rivals = this.#dependentOn(buildArch, name);
    const twin = this.#addProduced(own, buildArch, name, rivals, versions, found);
    const others = this.index
      .versions(arch, name)
      .filter(
        ({ architecture, version }) =>
          architecture === 'all' && !versions.some((known) => known.version === version),
      );
    for (const binary of [...versions, ...others])
      if (binary !== twin) found.push(existing(context, buildArch, name, binary));
  }

  /** The names of what the units of a unit's source build, for whatever architecture. */
  builtWith(unit: Unit): ReadonlySet<string> {
    const known = this.#builtWith.get(unit.source);
    if (known !== undefined) return known;
    const names = new Set<string>();
    for (const { binaries } of this.#producers.siblingsOf(unit))
      for (const { name } of binaries) names.add(name);
    this.#builtWith.set(unit.source, names);
    return names;
  }

  /** All packages of all contexts, those of a name together. O(contexts × names) */
  *all(): Generator<ContextPackage> {
    for (let context = 0; context < this.#contexts.length; context++)
      for (let name = 0; name < this.index.packageCount; name++) yield* this.named(context, name);
  }

  /** Reports where it isn't clear which unit builds a name, whether anything asks for it or not. */
  reportContested(report: Report): void {
    const reported = new Set<string>();
    const reportOnce: Report = (diagnostic) => {
      if (reported.has(diagnostic.message)) return;
      reported.add(diagnostic.message);
      report(diagnostic);
    };
    const contested = new Map<string, readonly number[]>();
    for (const context of this.#contexts) {
      for (const arch of new Set([context.buildArch, context.arch])) {
        const names = contested.get(arch) ?? this.#producers.contested(arch);
        contested.set(arch, names);
        for (const name of names) {
          const isHost = arch === context.arch;
          const rivals = isHost ? this.#producers.of(arch, name) : this.#dependentOn(arch, name);
          const versions = this.index.versions(arch, name);
          if (rivals.length > 1) chooseProducer(context, rivals, versions, this.#layerRank, reportOnce);
        }
      }
    }
  }

  /** Who builds a name for an architecture, but for `Architecture: all`. */
  #dependentOn(arch: string, name: number): readonly Producer[] {
    return this.#producers
      .of(arch, name)
      .filter(({ binary }) => binary.architectures?.includes('all') !== true);
  }

  /**
   * Puts what is built of a name behind `found`, if anything is.
   * @param arch the architecture that it is installed for, unless it is `Architecture: all`
   * @returns the existing binary that it stands for too, if the build makes the very same one again
   */
  #addProduced(
    context: Context,
    arch: string,
    name: number,
    rivals: readonly Producer[],
    versions: readonly BinaryPackage[],
    found: ContextPackage[],
  ): BinaryPackage | undefined {
    if (rivals.length === 0) return undefined;
    const { producer, later } = chooseProducer(context, rivals, versions, this.#layerRank, silent);
    const { unit, binary } = producer;
    const twin = findTwin(producer, versions);
    const isUnknown = twin === undefined && versions.length === 0 && !this.#indexed.has(arch);
    if (isUnknown && !unit.source.tellsRelations) {
      found.push(namedOnly(context.index, arch, name, producer, later));
      return undefined;
    }
    const model = twin ?? versions[0];
    found.push({
      name,
      version: twin === undefined ? producedVersion(producer, model) : twin.version,
      producer: unit.id,
      exists: twin !== undefined,
      later,
      context: context.index,
      arch: binary.architectures?.includes('all') === true ? context.buildArch : arch,
      multiArch:
        twin?.multiArch ?? (binary.multiArch === 'no' ? (model?.multiArch ?? 'no') : binary.multiArch),
      essential: twin?.essential ?? (binary.essential || model?.essential === true),
      record: twin ?? binary,
      model: twin === undefined ? model : undefined,
    });
    return twin;
  }
}

const silent: Report = () => undefined;

function existing(context: number, arch: string, name: number, binary: BinaryPackage): ContextPackage {
  return {
    name,
    version: binary.version,
    producer: -1,
    exists: true,
    later: false,
    context,
    arch,
    multiArch: binary.multiArch,
    essential: binary.essential,
    record: binary,
    model: undefined,
  };
}

/**
 * A binary of a Sources index where no Packages index shows what it is: gcc-defaults 1.203 builds g++ 4:12, and python3 is
 * `Multi-Arch: allowed`. So its version is unknown, and every qualifier fits.
 */
function namedOnly(
  context: number,
  arch: string,
  name: number,
  { unit, binary }: Producer,
  later: boolean,
): ContextPackage {
  return {
    name,
    version: undefined,
    producer: unit.id,
    exists: false,
    later,
    context,
    arch,
    multiArch: 'allowed',
    essential: binary.essential,
    record: binary,
    model: undefined,
  };
}

/** A binary of which nothing but the name is known. */
export function assumedPackage(context: number, name: number, arch: string): ContextPackage {
  return {
    name,
    version: undefined,
    producer: -1,
    exists: true,
    later: false,
    context,
    arch,
    multiArch: 'allowed',
    essential: false,
    record: undefined,
    model: undefined,
  };
}
