import { normalQuantile, quantileOf, type LogNormal } from '../base/log-normal.ts';
import type { RamHolds } from '../history/record.ts';
import type { FootprintParts } from './estimate.ts';
import { PEAK_SLACK_BYTES } from './peak-ratio.ts';

/** What a chroot holds beside the build tree, in bytes. */
export interface ChrootSizes {
  readonly baseBytes: number;
  readonly listsBytes: number;
  /** Build dependencies, unpacked. */
  readonly dependsBytes: number;
  /** Their packages: gone once they are installed. */
  readonly downloadBytes: number;
  /** The source as it was fetched: stays beside the tree. */
  readonly tarballBytes: number;
}

/** What a footprint is computed from. */
export interface Footprint {
  readonly holds: RamHolds;
  readonly chroot: ChrootSizes;
  /** Unpacked source, build tree and packages at their peak. */
  readonly tree: LogNormal;
  /** Peak over what is there at the end or while dependencies are installed. */
  readonly ratio: LogNormal;
}

/** Standard deviation of what a chroot holds against the sum of Installed-Size, as a factor. */
const CHROOT_SIGMA = 0.04;

/**
 * The peak that a share of builds doesn't exceed, in whole bytes. A chroot holds most once the tree is complete or while the
 * downloaded packages lie beside what they install. What each uncertain part adds at that share is added as independent
 * errors are, by squares: exact where one part decides.
 */
export function footprintQuantile(footprint: Footprint, share: number): number {
  const { holds, chroot, tree, ratio } = footprint;
  if (holds === 'build') return Math.ceil(quantileOf(tree, share));
  const usual = heldBytes(chroot, tree.median);
  const ofTree = heldBytes(chroot, quantileOf(tree, share)) - usual;
  const factor = Math.exp(CHROOT_SIGMA * normalQuantile(share)) - 1;
  const ofChroot = Math.min(usual, standingBytes(chroot)) * factor;
  const ofPeak = usual * (quantileOf(ratio, share) / ratio.median - 1);
  const more = Math.hypot(ofTree, ofChroot, ofPeak);
  return Math.ceil((usual + more) * ratio.median + PEAK_SLACK_BYTES);
}

/** What a chroot holds at once, at most, by the plain sum: without the ratio of the peak. */
export function heldBytes(chroot: ChrootSizes, treeBytes: number): number {
  return Math.max(standingBytes(chroot) + treeBytes, installingBytes(chroot));
}

/** What is there at the end, but for the tree. */
export function standingBytes({ baseBytes, listsBytes, dependsBytes, tarballBytes }: ChrootSizes): number {
  return baseBytes + listsBytes + dependsBytes + tarballBytes;
}

/** What is there while the last build dependency is installed. */
export function installingBytes({ baseBytes, listsBytes, dependsBytes, downloadBytes }: ChrootSizes): number {
  return baseBytes + listsBytes + dependsBytes + downloadBytes;
}

/**
 * The parts of a footprint at its largest: downloads are the tarballs, and of the build dependencies' packages what exceeds
 * the room that the tree takes later.
 * @param medianBytes what the parts add up to
 * @param reservedBytes what they and the reserve add up to
 */
export function footprintParts(
  { holds, chroot, tree }: Footprint,
  medianBytes: number,
  reservedBytes: number,
): FootprintParts {
  const treeBytes = Math.ceil(tree.median);
  if (holds === 'build') return partsWithin(NO_CHROOT, treeBytes, medianBytes, reservedBytes);
  const passing = Math.max(0, installingBytes(chroot) - standingBytes(chroot) - treeBytes);
  const downloadBytes = chroot.tarballBytes + passing;
  return partsWithin({ ...chroot, downloadBytes }, treeBytes, medianBytes, reservedBytes);
}

/** The parts of a footprint whose sum somebody has told: the chroot first, and what is left for the tree. */
export function partsOfTotal(
  { holds, chroot }: Pick<Footprint, 'holds' | 'chroot'>,
  totalBytes: number,
  reservedBytes: number,
): FootprintParts {
  const held = holds === 'build' ? NO_CHROOT : { ...chroot, downloadBytes: chroot.tarballBytes };
  return partsWithin(held, Infinity, totalBytes, reservedBytes);
}

const NO_CHROOT: ChrootSizes = {
  baseBytes: 0,
  listsBytes: 0,
  dependsBytes: 0,
  downloadBytes: 0,
  tarballBytes: 0,
};

function partsWithin(
  chroot: ChrootSizes,
  wantedBytes: number,
  limitBytes: number,
  reservedBytes: number,
): FootprintParts {
  let left = Math.min(limitBytes, reservedBytes);
  const take = (bytes: number): number => {
    const taken = Math.min(left, Math.round(bytes));
    left -= taken;
    return taken;
  };
  const baseBytes = take(chroot.baseBytes);
  const listsBytes = take(chroot.listsBytes);
  const dependsBytes = take(chroot.dependsBytes);
  const downloadsBytes = take(chroot.downloadBytes);
  const treeBytes = take(Math.min(left, wantedBytes));
  // what is left of the median is there at the peak alone
  const peakBytes = left;
  const held = baseBytes + listsBytes + dependsBytes + downloadsBytes + treeBytes + peakBytes;
  return {
    baseBytes,
    listsBytes,
    dependsBytes,
    downloadsBytes,
    treeBytes,
    peakBytes,
    reserveBytes: reservedBytes - held,
  };
}
