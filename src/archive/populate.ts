import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, ProducedBinary } from '../debian/package.ts';
import type { ArchiveIndex, Existing } from './archive-index.ts';
import type { NodeDraft, NodeStore } from './node-store.ts';
import { chooseProducer, findTwin, producedVersion, Producers, type Producer } from './producers.ts';
import type { Context } from './universe.ts';
import type { Unit } from './unit.ts';

/** What an architecture's packages can be installed from. */
interface Offer {
  readonly producers: Producers;
  readonly existing: Existing;
  /** There is a `Packages` index. */
  readonly isIndexed: boolean;
}

/** Puts into the store what each context can install: what its units build first, then what exists. */
export function populate(
  store: NodeStore,
  contexts: readonly Context[],
  units: readonly Unit[],
  index: ArchiveIndex,
  indexedArchitectures: readonly string[],
  layerRank: ReadonlyMap<string, number>,
  report: Report,
): void {
  const offers = new Map<string, Offer>();
  const offerOf = (arch: string): Offer => {
    const known = offers.get(arch);
    if (known !== undefined) return known;
    const offer: Offer = {
      producers: new Producers(arch, units, index),
      existing: index.existingOn(arch),
      isIndexed: indexedArchitectures.includes(arch),
    };
    offers.set(arch, offer);
    return offer;
  };
  const reportOnce = withoutRepeats(report);
  for (const context of contexts) {
    const { arch, buildArch } = context;
    const choose: Choose = (rivals, versions) =>
      chooseProducer(context, rivals, versions, layerRank, reportOnce);
    const offer = offerOf(arch);
    if (buildArch !== arch)
      addBuildArchitecture(store, context, offerOf(buildArch), offer, index.packageCount, choose);
    for (let name = 0; name < index.packageCount; name++) {
      const versions = offer.existing.versions[name] ?? NONE;
      const twin = offer.producers.isBuilt(name)
        ? addProduced(store, context, arch, name, choose(offer.producers.of(name), versions), versions, offer)
        : undefined;
      for (const binary of versions) {
        const isCrossAll = buildArch !== arch && binary.architecture === 'all';
        if (binary !== twin && !isCrossAll) addExisting(store, context.index, arch, name, binary);
      }
    }
  }
}

const NONE: readonly never[] = [];

type Choose = (rivals: readonly Producer[], versions: readonly BinaryPackage[]) => ChosenProducer;
type ChosenProducer = ReturnType<typeof chooseProducer>;

function withoutRepeats(report: Report): Report {
  const reported = new Set<string>();
  return (diagnostic) => {
    if (reported.has(diagnostic.message)) return;
    reported.add(diagnostic.message);
    report(diagnostic);
  };
}

/**
 * In a cross build, what there is for the architecture that it runs on: what the plan builds for it, but for
 * `Architecture: all`, which counts with the other one's; and what exists, `Architecture: all` from both indexes.
 */
function addBuildArchitecture(
  store: NodeStore,
  context: Context,
  native: Offer,
  host: Offer,
  nameCount: number,
  choose: Choose,
): void {
  const { index, buildArch } = context;
  for (let name = 0; name < nameCount; name++) {
    const own = native.existing.versions[name] ?? NONE;
    const rivals = native.producers
      .of(name)
      .filter(({ binary }) => binary.architectures?.includes('all') !== true);
    const twin =
      rivals.length === 0
        ? undefined
        : addProduced(store, context, buildArch, name, choose(rivals, own), own, native);
    const others = (host.existing.versions[name] ?? NONE).filter(
      ({ architecture, version }) =>
        architecture === 'all' && !own.some((known) => known.version === version),
    );
    for (const binary of [...own, ...others])
      if (binary !== twin) addExisting(store, index, buildArch, name, binary);
  }
}

function addExisting(
  store: NodeStore,
  context: number,
  arch: string,
  name: number,
  binary: BinaryPackage,
): void {
  store.add({
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
  name: number,
  chosen: ChosenProducer,
  versions: readonly BinaryPackage[],
  { isIndexed }: Offer,
): BinaryPackage | undefined {
  const { unit, binary } = chosen.producer;
  const twin = findTwin(chosen.producer, versions);
  if (twin === undefined && versions.length === 0 && !isIndexed && !unit.source.tellsRelations) {
    store.add(namedOnly(unit, binary, context.index, arch, name, chosen.later));
    return undefined;
  }
  const model = twin ?? versions[0];
  store.add({
    name,
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
  name: number,
  later: boolean,
): NodeDraft {
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
