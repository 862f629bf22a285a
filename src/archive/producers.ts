import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, ProducedBinary } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { twoProducers } from './diagnostics.ts';
import { compareBuildTypes } from './layers.ts';
import { NumberTable } from './number-table.ts';
import type { Context } from './universe.ts';
import type { Unit } from './unit.ts';

/** One unit's promise to build one binary. */
export interface Producer {
  readonly unit: Unit;
  readonly binary: ProducedBinary;
}

/** Who builds the binaries that packages of an architecture can install, by the number of the binary's name. */
export class Producers {
  readonly #arch: string;
  readonly #first = new NumberTable();
  readonly #last = new NumberTable();
  readonly #next = new NumberTable();
  readonly #units: Unit[] = [];
  readonly #binaries: ProducedBinary[] = [];

  /** The units of the architecture, and for `Architecture: all` those of the architecture that builds it. */
  constructor(arch: string, units: readonly Unit[], index: ArchiveIndex) {
    this.#arch = arch;
    for (const unit of units) {
      const isNative = unit.target.arch === arch && unit.target.kind !== 'all';
      if (!isNative && unit.target.kind === 'any') continue;
      const names = index.producedBy(unit.source);
      let place = 0;
      for (const binary of unit.binaries) {
        while (place < names.length && unit.source.binaries[place] !== binary) place++;
        if (isNative || unit.target.kind === 'all' || binary.architectures?.includes('all') === true)
          this.#add(int32At(names, place), unit, binary);
      }
    }
  }

  isBuilt(name: number): boolean {
    return this.#first.get(name) !== 0;
  }

  /** In the order of the units. */
  of(name: number): readonly Producer[] {
    const found: Producer[] = [];
    for (let link = this.#first.get(name); link !== 0; link = this.#next.get(link - 1))
      found.push({ unit: at(this.#units, link - 1), binary: at(this.#binaries, link - 1) });
    return found.length > 1 ? ownFirst(this.#arch, found) : found;
  }

  #add(name: number, unit: Unit, binary: ProducedBinary): void {
    const link = this.#units.push(unit);
    this.#binaries.push(binary);
    const last = this.#last.get(name);
    if (last === 0) this.#first.set(name, link);
    else this.#next.set(last - 1, link);
    this.#last.set(name, link);
  }
}

/** Where each architecture builds `Architecture: all`, its own build counts. */
function ownFirst(arch: string, producers: readonly Producer[]): readonly Producer[] {
  const own = new Set(
    producers.filter(({ unit }) => unit.target.arch === arch).map(({ unit }) => unit.source),
  );
  return producers.filter(({ unit }) => unit.target.arch === arch || !own.has(unit.source));
}

/**
 * The producer that a context uses: of its own layer and build type if there is one, else of its own layer, else of the
 * nearest earlier layer, else of the nearest later one. Where that leaves several, the one whose build the archive holds
 * counts, else the newest version, which is reported.
 */
export function chooseProducer(
  context: Context,
  producers: readonly Producer[],
  existing: readonly BinaryPackage[],
  layerRank: ReadonlyMap<string, number>,
  report: Report,
): { readonly producer: Producer; readonly later: boolean } {
  const [first, ...others] = producers;
  if (first === undefined) throw new Error('BUG: no producers');
  let best = first;
  let rival: Producer | undefined;
  for (const candidate of others) {
    const order = comparePlaces(context, candidate.unit, best.unit, layerRank);
    if (order > 0) continue;
    if (order < 0) {
      best = candidate;
      rival = undefined;
    } else {
      const isBetter = compareClaims(candidate, best, existing) < 0;
      rival = isBetter ? best : candidate;
      if (isBetter) best = candidate;
    }
  }
  if (rival !== undefined && findTwin(best, existing) === undefined) {
    report(twoProducers(best.binary.name, best.unit.key, rival.unit.key, context.arch));
  }
  return {
    producer: best,
    later: layerDistance(context, best.unit, layerRank) < 0,
  };
}

/** The binary that exists already and is what the unit would build again: same name, source and source version. */
export function findTwin(producer: Producer, existing: readonly BinaryPackage[]): BinaryPackage | undefined {
  return existing.find(
    (binary) =>
      binary.source === producer.unit.source.name && binary.sourceVersion === producer.unit.source.version,
  );
}

/**
 * The version that a new build of a binary will have: the source's, unless the existing binary shows that the source
 * numbers it on its own (`g++ 4:12.2.0-3` of gcc-defaults 1.203): then the existing one's.
 */
export function producedVersion(producer: Producer, model: BinaryPackage | undefined): string | undefined {
  const { version } = producer.unit.source;
  if (model === undefined || version === undefined) return version;
  const plain = model.version.replace(/\+b\d+$/, '');
  return plain === model.sourceVersion || model.source !== producer.unit.source.name
    ? version
    : model.version;
}

/** Negative: `a` has the better claim to a binary that both build. */
function compareClaims(a: Producer, b: Producer, existing: readonly BinaryPackage[]): number {
  return (
    Number(findTwin(b, existing) !== undefined) - Number(findTwin(a, existing) !== undefined) ||
    compareVersions(b.unit.version, a.unit.version)
  );
}

function comparePlaces(context: Context, a: Unit, b: Unit, layerRank: ReadonlyMap<string, number>): number {
  const distanceA = layerDistance(context, a, layerRank);
  const distanceB = layerDistance(context, b, layerRank);
  if (distanceA !== distanceB) {
    const isEarlierA = distanceA >= 0;
    const isEarlierB = distanceB >= 0;
    return isEarlierA === isEarlierB ? Math.abs(distanceA) - Math.abs(distanceB) : isEarlierA ? -1 : 1;
  }
  const typeA = a.source.buildType ?? '';
  const typeB = b.source.buildType ?? '';
  const own = context.buildType ?? '';
  return Number(typeA !== own) - Number(typeB !== own) || compareBuildTypes(typeA, typeB);
}

/** How many layers the unit lies before the context; negative: it lies after; 0 without layers. */
function layerDistance(context: Context, unit: Unit, layerRank: ReadonlyMap<string, number>): number {
  const own = layerRank.get(context.layer ?? '');
  const other = layerRank.get(unit.source.layer ?? '');
  return own === undefined || other === undefined ? 0 : own - other;
}
