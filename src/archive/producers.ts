import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, groupCells, row, rowCount, type Csr } from '../base/csr.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, ProducedBinary } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { twoProducers } from './diagnostics.ts';
import { compareBuildTypes } from './layers.ts';
import type { Context } from './universe.ts';
import { makesBinary, type Unit } from './unit.ts';

/** One unit's promise to build one binary. */
export interface Producer {
  readonly unit: Unit;
  readonly binary: ProducedBinary;
}

/** Who builds the binaries that packages of an architecture can install, by the number of the binary's name. */
export class Producers {
  readonly #units: readonly Unit[];
  readonly #index: ArchiveIndex;
  /** Row `source`: the places of its units. */
  readonly #unitsOf: Csr;

  /** @param units those whose binaries can be installed, ascending */
  constructor(units: readonly Unit[], index: ArchiveIndex) {
    this.#units = units;
    this.#index = index;
    const sources = Int32Array.from(units, ({ source }) => index.sourceNumber(source));
    this.#unitsOf = groupCells(sources, index.sourceCount);
  }

  /**
   * Those of the architecture, and for `Architecture: all` those of the architecture that builds it; in the order of the units.
   * O(units of the sources that have the name)
   */
  of(arch: string, name: number): readonly Producer[] {
    let found: Producer[] | undefined;
    const promises = this.#index.promisesOf(name);
    for (let place = 0; place < promises.length; place++) {
      const promise = int32At(promises, place);
      const source = this.#index.promiser(promise);
      const end = edgesTo(this.#unitsOf, source);
      if (edgesFrom(this.#unitsOf, source) === end) continue;
      const binary = this.#index.promised(promise);
      for (let edge = edgesFrom(this.#unitsOf, source); edge < end; edge++) {
        const unit = at(this.#units, int32At(this.#unitsOf.target, edge));
        if (countsOn(arch, unit, binary) && makesBinary(unit, binary)) (found ??= []).push({ unit, binary });
      }
    }
    if (found === undefined) return NONE;
    return found.length > 1
      ? ownFirst(
          arch,
          found.sort((a, b) => a.unit.id - b.unit.id),
        )
      : found;
  }

  /** The names that several units of an architecture may build, ascending. O(binaries of all sources) */
  contested(arch: string): readonly number[] {
    const claims = new Int32Array(this.#index.packageCount);
    const found: number[] = [];
    for (let source = 0; source < rowCount(this.#unitsOf); source++) {
      const units = row(this.#unitsOf, source).filter((place) => isFor(arch, at(this.#units, place))).length;
      if (units === 0) continue;
      for (const name of this.#index.producedBy(source)) {
        const known = int32At(claims, name);
        claims[name] = known + units;
        if (known < 2 && known + units > 1) found.push(name);
      }
    }
    return found.sort((a, b) => a - b);
  }
}

const NONE: readonly never[] = [];

/** Whether a unit makes packages for an architecture itself. */
function isNative(arch: string, { target }: Unit): boolean {
  return target.arch === arch && target.kind !== 'all';
}

/** Whether an architecture can install something that the unit builds. */
function isFor(arch: string, unit: Unit): boolean {
  return isNative(arch, unit) || unit.target.kind !== 'any';
}

/** Whether an architecture can install the binary, if the unit builds it. */
function countsOn(arch: string, unit: Unit, { architectures }: ProducedBinary): boolean {
  if (isNative(arch, unit) || unit.target.kind === 'all') return true;
  return unit.target.kind === 'binary' && architectures?.includes('all') === true;
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
