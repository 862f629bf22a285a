import { compareText } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, ProducedBinary } from '../debian/package.ts';
import type { RelationField } from '../debian/relation.ts';
import { compareVersions } from '../debian/version.ts';
import type { NodeDraft, NodeStore } from './node-store.ts';
import { chooseProducer, findTwin, producedVersion, producersFor, type Producer } from './producers.ts';
import type { Context } from './universe.ts';
import type { Unit } from './unit.ts';

/** The binaries that one architecture's indexes list, by name, newest first. */
export type Existing = ReadonlyMap<string, readonly BinaryPackage[]>;

/** The existing binaries that can be installed on an architecture; a double (same name, version, source) counts once. */
export function existingFor(arch: string, binaries: readonly BinaryPackage[]): Existing {
  const byName = new Map<string, BinaryPackage[]>();
  for (const binary of binaries) {
    const { indexArchitectures, architecture } = binary;
    if (!indexArchitectures.includes(arch) && !indexArchitectures.includes('all')) continue;
    if (architecture !== 'all' && architecture !== arch) continue;
    const known = byName.get(binary.name);
    if (known === undefined) byName.set(binary.name, [binary]);
    else if (!known.some((other) => other.version === binary.version)) known.push(binary);
  }
  for (const versions of byName.values()) {
    if (versions.length > 1)
      versions.sort((a, b) => compareVersions(b.version, a.version) || compareText(a.version, b.version));
  }
  return byName;
}

/** Puts into the store what each context can install: what its units build first, then what exists. */
export function populate(
  store: NodeStore,
  contexts: readonly Context[],
  units: readonly Unit[],
  existingByArch: ReadonlyMap<string, Existing>,
  indexedArchitectures: readonly string[],
  layerRank: ReadonlyMap<string, number>,
  report: Report,
): void {
  const offers = new Map<string, Offer>();
  const offerOf = (arch: string): Offer => {
    const known = offers.get(arch);
    if (known !== undefined) return known;
    const isIndexed = indexedArchitectures.includes(arch);
    const offer = offerFor(arch, isIndexed, units, existingByArch.get(arch) ?? new Map());
    offers.set(arch, offer);
    return offer;
  };
  const reported = new Set<string>();
  const reportOnce: Report = (diagnostic) => {
    if (reported.has(diagnostic.message)) return;
    reported.add(diagnostic.message);
    report(diagnostic);
  };
  for (const context of contexts) {
    const { arch, buildArch, index } = context;
    const choose = (rivals: readonly Producer[], versions: readonly BinaryPackage[]): ChosenProducer =>
      chooseProducer(context, rivals, versions, layerRank, reportOnce);
    const offer = offerOf(arch);
    if (buildArch !== arch) addBuildArchitecture(store, context, offerOf(buildArch), offer, choose);
    for (const name of offer.names) {
      const versions = offer.existing.get(name) ?? [];
      const rivals = offer.producers.get(name);
      const twin =
        rivals === undefined
          ? undefined
          : addProduced(store, context, arch, choose(rivals, versions), versions, offer.isIndexed);
      for (const binary of versions) {
        const isCrossAll = buildArch !== arch && binary.architecture === 'all';
        if (binary !== twin && !isCrossAll) addExisting(store, index, arch, binary);
      }
    }
  }
}

type ChosenProducer = ReturnType<typeof chooseProducer>;

/**
 * In a cross build, what there is for the architecture that it runs on: what the plan builds for it, but for
 * `Architecture: all`, which counts with the other one's; and what exists, `Architecture: all` from both indexes.
 */
function addBuildArchitecture(
  store: NodeStore,
  context: Context,
  native: Offer,
  host: Offer,
  choose: (rivals: readonly Producer[], versions: readonly BinaryPackage[]) => ChosenProducer,
): void {
  const { index, buildArch } = context;
  for (const name of [...new Set([...native.names, ...host.names])].sort(compareText)) {
    const own = native.existing.get(name) ?? [];
    const rivals = (native.producers.get(name) ?? []).filter(
      ({ binary }) => binary.architectures?.includes('all') !== true,
    );
    const twin =
      rivals.length === 0
        ? undefined
        : addProduced(store, context, buildArch, choose(rivals, own), own, native.isIndexed);
    const others = (host.existing.get(name) ?? []).filter(
      ({ architecture, version }) =>
        architecture === 'all' && !own.some((known) => known.version === version),
    );
    for (const binary of [...own, ...others])
      if (binary !== twin) addExisting(store, index, buildArch, binary);
  }
}

/** What an architecture's packages can be installed from, and all names of it in order. */
interface Offer {
  readonly names: readonly string[];
  readonly producers: ReadonlyMap<string, readonly Producer[]>;
  readonly existing: Existing;
  /** There is a `Packages` index. */
  readonly isIndexed: boolean;
}

function offerFor(arch: string, isIndexed: boolean, units: readonly Unit[], existing: Existing): Offer {
  const producers = producersFor(arch, units);
  const names = [...new Set([...producers.keys(), ...existing.keys()])].sort(compareText);
  return { names, producers, existing, isIndexed };
}

function addExisting(store: NodeStore, context: number, arch: string, binary: BinaryPackage): void {
  store.add({
    name: binary.name,
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
    provides: present(binary.provides),
    conflicts: present(binary.conflicts, binary.breaks),
  });
}

/**
 * @param arch the architecture that it is installed for, unless it is `Architecture: all`
 * @returns the existing binary that the node stands for too, if the build makes the very same one again
 */
function addProduced(
  store: NodeStore,
  context: Context,
  arch: string,
  chosen: ChosenProducer,
  versions: readonly BinaryPackage[],
  isIndexed: boolean,
): BinaryPackage | undefined {
  const { unit, binary } = chosen.producer;
  const twin = findTwin(chosen.producer, versions);
  if (twin === undefined && versions.length === 0 && !isIndexed && !unit.source.tellsRelations) {
    store.add(namedOnly(unit, binary, context.index, arch, chosen.later));
    return undefined;
  }
  const model = twin ?? versions[0];
  store.add({
    name: binary.name,
    version: twin === undefined ? producedVersion(chosen.producer, model) : twin.version,
    producer: unit.id,
    exists: twin !== undefined,
    later: chosen.later,
    context: context.index,
    arch: binary.architectures?.includes('all') === true ? context.buildArch : arch,
    multiArch: twin?.multiArch ?? (binary.multiArch === 'no' ? (model?.multiArch ?? 'no') : binary.multiArch),
    essential: twin?.essential ?? (binary.essential || model?.essential === true),
    record: twin ?? binary,
    model: twin === undefined ? model : undefined,
    provides: twin === undefined ? present(binary.provides, model?.provides) : present(twin.provides),
    conflicts: conflictsOf(twin ?? binary, twin === undefined ? model : undefined),
  });
  return twin;
}

/**
 * A binary of a Sources index where no Packages index shows what it is: gcc-defaults 1.203 builds g++ 4:12, and python3 is
 * `Multi-Arch: allowed`. So its version is unknown, and every qualifier fits.
 */
function namedOnly(
  unit: Unit,
  binary: ProducedBinary,
  context: number,
  arch: string,
  later: boolean,
): NodeDraft {
  return {
    name: binary.name,
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
    provides: [],
    conflicts: present(binary.conflicts, binary.breaks),
  };
}

/** A binary to be built has the conflicts of its control; where it has none, those of the existing binary stand in. */
function conflictsOf(
  record: BinaryPackage | ProducedBinary,
  model: BinaryPackage | undefined,
): readonly RelationField[] {
  return present(record.conflicts ?? model?.conflicts, record.breaks ?? model?.breaks);
}

function present(...fields: readonly (RelationField | undefined)[]): readonly RelationField[] {
  return fields.filter((field) => field !== undefined);
}
