import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, groupCells, row, type Csr } from '../base/csr.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, ProducedBinary } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { twoProducers } from './diagnostics.ts';
import { compareBuildTypes } from './layers.ts';
import type { Context } from './context.ts';
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
  /** Of each unit the source. */
  readonly #sourceOf: Int32Array;
  /** Row `source`: its units. */
  readonly #unitsOf: Csr;
  /** 1: what the unit builds can be installed. */
  readonly #counts: Uint8Array;

  /** @param counts whether what a unit builds can be installed */
  constructor(units: readonly Unit[], counts: (unit: Unit) => boolean, index: ArchiveIndex) {
    this.#units = units;
    this.#index = index;
    this.#sourceOf = new Int32Array(units.length);
    this.#counts = new Uint8Array(units.length);
    for (const unit of units) {
      this.#sourceOf[unit.id] = index.sourceNumber(unit.source);
      this.#counts[unit.id] = Number(counts(unit));
    }
    this.#unitsOf = groupCells(this.#sourceOf, index.sourceCount);
  }

  /** All units of the source of one. */
  siblingsOf(unit: Unit): readonly Unit[] {
    const source = int32At(this.#sourceOf, unit.id);
    return Array.from(row(this.#unitsOf, source), (id) => at(this.#units, id));
  }

  /**
   * Those of the architecture, and for `Architecture: all` those of the architecture that builds it; in the order of the units.
   * O(units of the sources that have the name)
   */
  of(arch: string, name: number): readonly Producer[] {
    if (!this.#index.isPackage(name)) return NONE;
    let found: Producer[] | undefined;
    const { promises } = this.#index;
    for (let cell = edgesFrom(promises, name); cell < edgesTo(promises, name); cell++) {
      const promise = int32At(promises.target, cell);
      const source = this.#index.promiser(promise);
      const end = edgesTo(this.#unitsOf, source);
      for (let edge = edgesFrom(this.#unitsOf, source); edge < end; edge++) {
        const id = int32At(this.#unitsOf.target, edge);
        if (this.#counts[id] === 0) continue;
        const unit = at(this.#units, id);
        const binary = this.#index.promised(promise);
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

  /** The names that several units of an architecture may build, ascending. O(units + binaries of all sources) */
  contested(arch: string): readonly number[] {
    const { promises } = this.#index;
    const unitCount = new Int32Array(this.#index.sourceCount);
    for (const unit of this.#units) {
      const source = int32At(this.#sourceOf, unit.id);
      if (this.#counts[unit.id] === 1 && isFor(arch, unit))
        unitCount[source] = int32At(unitCount, source) + 1;
    }
    const found: number[] = [];
    for (let name = 0; name < this.#index.packageCount; name++) {
      let most = 0;
      for (let cell = edgesFrom(promises, name); cell < edgesTo(promises, name); cell++)
        most += int32At(unitCount, this.#index.promiser(int32At(promises.target, cell)));
      if (most > 1 && this.#claims(arch, name) > 1) found.push(name);
    }
    return found;
  }

  /** How many units may build a name for an architecture. */
  #claims(arch: string, name: number): number {
    const { promises } = this.#index;
    let claims = 0;
    for (let cell = edgesFrom(promises, name); cell < edgesTo(promises, name); cell++) {
      const promise = int32At(promises.target, cell);
      const source = this.#index.promiser(promise);
      const binary = this.#index.promised(promise);
      for (let edge = edgesFrom(this.#unitsOf, source); edge < edgesTo(this.#unitsOf, source); edge++) {
        const id = int32At(this.#unitsOf.target, edge);
        if (this.#counts[id] === 1 && countsOn(arch, at(this.#units, id), binary)) claims++;
      }
    }
    return claims;
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
  let best = at(producers, 0);
  let rival: Producer | undefined;
  for (let place = 1; place < producers.length; place++) {
    const candidate = at(producers, place);
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
