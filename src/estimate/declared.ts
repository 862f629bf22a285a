import { normalQuantile, quantileOf, sigmaBetween, type LogNormal } from '../base/log-normal.ts';
import type { BuildRecord, RamHolds } from '../history/record.ts';
import { standingBytes, type ChrootSizes } from './footprint.ts';
import { isPositive } from './is-positive.ts';

/** Sizes are declared with some room: builds fill this part of them in the middle. */
const USUAL_FILL = 0.6;
/** A build that filled so much of it and ran out of room was given what is declared, and needs more. */
const FULL = 0.9;
/** Builds of so many days take less than a third of it: the declaration is of another time. */
const STALE_BUILDS = 3;
const STALE_FILL = 1 / 3;
/** A tree whose size is what others leave is at least so large. */
export const LEAST_TREE_BYTES = 1024 ** 2;
/** A tree twice as large as expected takes 2^0.8 times the work: sizes of trees and times go together in published figures. */
const WORK_PER_SIZE = 0.8;

/** What builds say of a declared size. */
export type DeclarationFault = 'too-small' | 'stale';

/**
 * Whether builds refute a declaration: one took more or ran out of it, or several took far less.
 * @param builds of the same source
 * @param standing what its chroot holds beside the tree
 */
export function findFault(
  declaredBytes: number,
  builds: readonly BuildRecord[],
  standing: number,
): { readonly fault: DeclarationFault; readonly record: BuildRecord } | undefined {
  const seen = builds.flatMap((record) => {
    const bytes = leastFootprint(record, standing);
    return bytes === undefined ? [] : [{ record, bytes }];
  });
  const largest = seen.reduce<(typeof seen)[number] | undefined>(
    (most, one) => (most === undefined || one.bytes > most.bytes ? one : most),
    undefined,
  );
  if (largest === undefined) return undefined;
  const isFull = largest.record.outcome === 'no-space' && largest.bytes > declaredBytes * FULL;
  if (isFull || largest.bytes > declaredBytes) return { fault: 'too-small', record: largest.record };
  const whole = seen.filter(({ record }) => record.outcome === 'built');
  const isStale = whole.length >= STALE_BUILDS && largest.bytes < declaredBytes * STALE_FILL;
  return isStale ? { fault: 'stale', record: largest.record } : undefined;
}

/**
 * What a build took at least of a RAM disk that holds the whole chroot; undefined: the record doesn't say.
 * @param standing is added where it tells the tree alone
 */
export function leastFootprint(record: BuildRecord, standing: number): number | undefined {
  const { holds, peakBytes, endBytes, treeBytes } = record;
  const seen = [peakBytes, endBytes].filter(isPositive);
  const trees = [...(holds === 'build' ? seen : []), treeBytes].filter(isPositive);
  const whole = holds === 'build' ? [] : seen;
  if (whole.length > 0) return Math.max(...whole, ...trees);
  return trees.length === 0 ? undefined : standing + Math.max(...trees);
}

/** What a declared size of the whole chroot leaves for the tree: nine of ten builds stay within it. */
export function declaredTree(declaredBytes: number, chroot: ChrootSizes, holds: RamHolds): LogNormal {
  const rest = Math.max(LEAST_TREE_BYTES, declaredBytes - standingBytes(chroot));
  const upper = holds === 'build' ? Math.min(rest, declaredBytes) : rest;
  return { median: upper * USUAL_FILL, sigma: sigmaBetween(USUAL_FILL, 1) };
}

/** Two independent views of one quantity. */
export function joined(one: LogNormal, other: LogNormal): LogNormal {
  if (one.sigma === 0) return one;
  if (other.sigma === 0) return other;
  const [weight, otherWeight] = [1 / one.sigma ** 2, 1 / other.sigma ** 2];
  const sum = weight + otherWeight;
  return {
    median: Math.exp((Math.log(one.median) * weight + Math.log(other.median) * otherWeight) / sum),
    sigma: Math.sqrt(1 / sum),
  };
}

/** A distribution whose median is at most the bound and of which nine of ten lie below the bound. */
export function boundedBy(median: number, upperBytes: number): LogNormal {
  const low = Math.min(median, upperBytes);
  // by the same approximation that gives quantiles, so that nine of ten give the bound itself
  return { median: low, sigma: low > 0 ? Math.log(upperBytes / low) / normalQuantile(0.9) : 0 };
}

/** The time of a build of which more is known of the tree than the prior says. */
export function timeGivenTree(time: LogNormal, tree: LogNormal, known: LogNormal): LogNormal {
  const factor = (known.median / tree.median) ** WORK_PER_SIZE;
  const explained =
    WORK_PER_SIZE * Math.min(time.sigma, Math.sqrt(Math.max(0, tree.sigma ** 2 - known.sigma ** 2)));
  const sigma = Math.sqrt(Math.max(time.sigma ** 2 - explained ** 2, (time.sigma / 2) ** 2));
  return { median: quantileOf(time, 0.5) * factor, sigma };
}
