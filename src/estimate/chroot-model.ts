import { at } from '../base/column.ts';
import { float64At } from '../base/cells.ts';
import { compareText } from '../base/compare.ts';
import type { LogNormal } from '../base/log-normal.ts';
import { quantile } from '../base/quantile.ts';
import type { BuildRecord } from '../history/record.ts';
import { recencyWeights } from './circumstances.ts';
import { standingBytes, type ChrootSizes } from './footprint.ts';
import { isPositive } from './is-positive.ts';
import { CHROOT_PEAK, learnRatio, PEAK_SLACK_BYTES, TREE_PEAK } from './peak-ratio.ts';
import type { Sighting, SourceSightings } from './sightings.ts';
import type { UnitFacts } from './unit-facts.ts';

/** What the history says of chroots. */
export interface ChrootModel {
  /** Base and apt's files together, by architecture: the median of what was seen. */
  readonly heldBytes: ReadonlyMap<string, number>;
  /** Build dependencies as they were installed, over what the index says. */
  readonly dependsFactor: number;
  /** Peak over end of a build tree. */
  readonly treePeak: LogNormal;
  /** Peak over what a chroot holds by the sum of its parts or at its end. */
  readonly chrootPeak: LogNormal;
}

/** What of a base chroot's size is believed, over what the index says. */
const LEAST = 0.2;
const MOST = 5;
/** What of one build's dependencies is believed, over the same: an index of another suite may know a tenth of them. */
const MOST_DEPENDS = 20;
/** No doubt is cast on so much, whatever the index says: it may know none of them. */
const SURE_DEPENDS_BYTES = 256 * 1024 ** 2;
/** How many builds of the source the index's word is worth, where they disagree. */
const INDEX_WORTH = 0.5;

/** O(records) */
export function learnChroot(sources: readonly SourceSightings[]): ChrootModel {
  const held = new Map<string, number[]>();
  const depends: number[] = [];
  const treePeaks: number[] = [];
  const chrootPeaks: number[] = [];
  for (const { sightings } of sources) {
    for (const { record, facts } of sightings) {
      if (facts !== undefined && isForSameArch(record, facts)) {
        const bytes = heldBytesOf(record, facts.chroot);
        if (bytes !== undefined) {
          const known = held.get(facts.unit.target.arch) ?? [];
          known.push(bytes);
          held.set(facts.unit.target.arch, known);
        }
        if (tellsDepends(record) && facts.chroot.dependsBytes > 0)
          depends.push(record.dependsBytes / facts.chroot.dependsBytes);
      }
      const { endBytes, peakBytes, outcome } = record;
      if (outcome !== 'built' || !isPositive(endBytes) || !isPositive(peakBytes) || peakBytes < endBytes)
        continue;
      if (record.holds === 'build') treePeaks.push(peakBytes / endBytes);
      else if (record.holds === 'chroot' && facts !== undefined)
        chrootPeaks.push((peakBytes - PEAK_SLACK_BYTES) / largestSum(endBytes, facts.chroot));
    }
  }
  const medians = [...held]
    .sort(([a], [b]) => compareText(a, b))
    .map(([arch, all]) => [arch, quantile(all, 0.5)] as const);
  return {
    heldBytes: new Map(medians),
    dependsFactor: learnRatio({ median: 1, sigma: 0.1 }, depends).median,
    treePeak: learnRatio(TREE_PEAK, treePeaks),
    chrootPeak: learnRatio(
      CHROOT_PEAK,
      chrootPeaks.filter((ratio) => ratio > 0),
    ),
  };
}

/**
 * What the chroot of a unit holds, as the index and the history tell it. Own builds for its architecture know best what was
 * installed: their median, the newer the more it weighs.
 */
export function chrootOf(model: ChrootModel, facts: UnitFacts, own: readonly Sighting[]): ChrootSizes {
  const told = heldWith(model, facts);
  if (own.length === 0) return told;
  const records = own
    .map(({ record }) => record)
    .filter((record) => tellsDepends(record) && isForSameArch(record, facts));
  if (records.length === 0) return told;
  const weights = recencyWeights(records);
  const installed = (seen: (record: BuildRecord) => number | undefined, usual: number): number => {
    const most = Math.max(usual * MOST_DEPENDS, SURE_DEPENDS_BYTES);
    const sized = records.flatMap((record, index) => {
      const bytes = seen(record);
      return bytes === undefined ? [] : [{ bytes: Math.min(bytes, most), weight: float64At(weights, index) }];
    });
    return sized.length === 0 ? usual : weightedMedian([...sized, { bytes: usual, weight: INDEX_WORTH }]);
  };
  return {
    ...told,
    dependsBytes: installed(({ dependsBytes }) => dependsBytes, told.dependsBytes),
    downloadBytes: installed(({ downloadBytes }) => downloadBytes, told.downloadBytes),
  };
}

/** What the chroot of one build held, which may have been for another architecture than the unit it is compared with. */
export function chrootOfBuild(model: ChrootModel, facts: UnitFacts, record: BuildRecord): ChrootSizes {
  const told = heldWith(model, facts);
  return {
    ...told,
    dependsBytes: isPositive(record.dependsBytes) ? record.dependsBytes : told.dependsBytes,
    downloadBytes: record.downloadBytes ?? told.downloadBytes,
  };
}

function heldWith({ heldBytes, dependsFactor }: ChrootModel, { chroot, unit }: UnitFacts): ChrootSizes {
  const sum = chroot.baseBytes + chroot.listsBytes;
  const held = heldBytes.get(unit.target.arch) ?? sum;
  const listsBytes = Math.round((chroot.listsBytes / sum) * held);
  return {
    baseBytes: Math.round(held) - listsBytes,
    listsBytes,
    dependsBytes: Math.round(chroot.dependsBytes * dependsFactor),
    downloadBytes: Math.round(chroot.downloadBytes * dependsFactor),
    tarballBytes: chroot.tarballBytes,
  };
}

/** Its dependencies were installed: what apt was about to install when it failed may be another set. */
function tellsDepends(record: BuildRecord): record is BuildRecord & { readonly dependsBytes: number } {
  return (record.outcome === 'built' || record.failStage === 'build') && isPositive(record.dependsBytes);
}

/** Built for the unit's architecture on the same one; where only independent binaries were made, on any that isn't told. */
function isForSameArch({ arch, buildArch }: BuildRecord, { unit: { target } }: UnitFacts): boolean {
  const runsOn = target.buildArch ?? target.arch;
  if (arch === 'all') return (buildArch ?? runsOn) === runsOn;
  return arch === target.arch && (buildArch ?? arch) === runsOn;
}

/** Half of all weight lies at it or above; of two that weigh the same the larger. At least one. */
function weightedMedian(values: readonly { readonly bytes: number; readonly weight: number }[]): number {
  const sorted = [...values].sort((a, b) => b.bytes - a.bytes);
  let left = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  const found = sorted.find(({ weight }) => (left -= weight) <= 0);
  return (found ?? at(sorted, sorted.length - 1)).bytes;
}

/** What a chroot held at its end beside what the build brought; or before it, with apt's files added. */
function heldBytesOf(record: BuildRecord, chroot: ChrootSizes): number | undefined {
  const { holds, outcome, endBytes, treeBytes, baseBytes } = record;
  const dependsBytes = record.dependsBytes ?? chroot.dependsBytes;
  const usual = chroot.baseBytes + chroot.listsBytes;
  const isWhole = holds === 'chroot' && outcome === 'built' && isPositive(endBytes) && isPositive(treeBytes);
  const found = isWhole
    ? endBytes - treeBytes - dependsBytes - chroot.tarballBytes
    : isPositive(baseBytes)
      ? baseBytes + chroot.listsBytes
      : undefined;
  if (found === undefined) return undefined;
  return Math.min(usual * MOST, Math.max(usual * LEAST, found));
}

/** The end as it was, or what lay there while dependencies were installed: base and dependencies with their packages. */
export function largestSum(endBytes: number, chroot: ChrootSizes): number {
  return Math.max(endBytes, standingBytes(chroot) - chroot.tarballBytes + chroot.downloadBytes);
}
