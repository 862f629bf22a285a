import { compareText } from '../base/compare.ts';
import type { LogNormal } from '../base/log-normal.ts';
import type { BuildRecord } from '../history/record.ts';
import { standingBytes, type ChrootSizes } from './footprint.ts';
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

/** O(records) */
export function learnChroot(sources: readonly SourceSightings[]): ChrootModel {
  const held = new Map<string, number[]>();
  const depends: number[] = [];
  const treePeaks: number[] = [];
  const chrootPeaks: number[] = [];
  for (const { sightings } of sources) {
    for (const { record, facts } of sightings) {
      if (facts !== undefined) {
        const bytes = heldBytesOf(record, facts.chroot);
        if (bytes !== undefined) {
          const known = held.get(facts.unit.target.arch) ?? [];
          known.push(bytes);
          held.set(facts.unit.target.arch, known);
        }
        if (isMore(record.dependsBytes) && facts.chroot.dependsBytes > 0)
          depends.push(record.dependsBytes / facts.chroot.dependsBytes);
      }
      const { endBytes, peakBytes, outcome } = record;
      if (outcome !== 'built' || !isMore(endBytes) || !isMore(peakBytes) || peakBytes < endBytes) continue;
      if (record.holds === 'build') treePeaks.push(peakBytes / endBytes);
      else if (record.holds === 'chroot' && facts !== undefined)
        chrootPeaks.push((peakBytes - PEAK_SLACK_BYTES) / largestSum(endBytes, facts.chroot));
    }
  }
  const medians = [...held]
    .sort(([a], [b]) => compareText(a, b))
    .map(([arch, all]) => [arch, middle(all)] as const);
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

/** What the chroot of a unit holds, as the index and the history tell it; own builds know best what was installed. */
export function chrootOf(
  { heldBytes, dependsFactor }: ChrootModel,
  { chroot, unit }: UnitFacts,
  own: readonly Sighting[],
): ChrootSizes {
  const installed = own.findLast(({ record }) => isMore(record.dependsBytes))?.record;
  const sum = chroot.baseBytes + chroot.listsBytes;
  const held = heldBytes.get(unit.target.arch) ?? sum;
  const listsBytes = Math.round((chroot.listsBytes / sum) * held);
  return {
    baseBytes: Math.round(held) - listsBytes,
    listsBytes,
    dependsBytes: Math.round(installed?.dependsBytes ?? chroot.dependsBytes * dependsFactor),
    downloadBytes: installed?.downloadBytes ?? Math.round(chroot.downloadBytes * dependsFactor),
    tarballBytes: chroot.tarballBytes,
  };
}

/** What a chroot held at its end beside what the build brought; or before it, with apt's files added. */
function heldBytesOf(record: BuildRecord, chroot: ChrootSizes): number | undefined {
  const { holds, outcome, endBytes, treeBytes, baseBytes } = record;
  const dependsBytes = record.dependsBytes ?? chroot.dependsBytes;
  const usual = chroot.baseBytes + chroot.listsBytes;
  const isWhole = holds === 'chroot' && outcome === 'built' && isMore(endBytes) && isMore(treeBytes);
  const found = isWhole
    ? endBytes - treeBytes - dependsBytes - chroot.tarballBytes
    : isMore(baseBytes)
      ? baseBytes + chroot.listsBytes
      : undefined;
  if (found === undefined) return undefined;
  return Math.min(usual * MOST, Math.max(usual * LEAST, found));
}

/** The end as it was, or what lay there while dependencies were installed: base and dependencies with their packages. */
function largestSum(endBytes: number, chroot: ChrootSizes): number {
  return Math.max(endBytes, standingBytes(chroot) - chroot.tarballBytes + chroot.downloadBytes);
}

function isMore(bytes: number | undefined): bytes is number {
  return bytes !== undefined && bytes > 0;
}

function middle(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1];
  return ((sorted[low] ?? 0) + (sorted[high] ?? 0)) / 2;
}
