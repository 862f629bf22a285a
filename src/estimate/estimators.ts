import { quantileOf, type LogNormal } from '../base/log-normal.ts';
import { boundedBy, declaredTree, joined, LEAST_TREE_BYTES, timeGivenTree } from './declared.ts';
import type { EstimatorName } from './estimator-name.ts';
import { footprintQuantile, standingBytes } from './footprint.ts';
import type { Subject } from './subject.ts';

/**
 * What an estimator says of a footprint: of the tree, to which the chroot is added, or of all at once. More than `mostBytes` is
 * never reserved.
 */
export type RamDiskAnswer =
  | { readonly kind: 'tree'; readonly tree: LogNormal }
  | { readonly kind: 'total'; readonly total: LogNormal; readonly mostBytes: number };

/** A way to know a quantity. Undefined: it doesn't know. */
export interface Estimator {
  /** Wall ms in RAM with `DURATION_JOBS` make jobs at speed 1. */
  readonly durationMs: (subject: Subject) => LogNormal | undefined;
  readonly ramDisk: (subject: Subject) => RamDiskAnswer | undefined;
}

/** Above that share of own builds in the blend, it is they who speak; below, the prior. */
const OWN_SHARE = 0.5;

/** In the order in which they are asked: for each quantity the first that knows is taken. */
export const ESTIMATORS: Readonly<Record<EstimatorName, Estimator>> = {
  override: {
    durationMs: ({ override }) => exactly(override.durationMs),
    ramDisk: ({ override }) => {
      const total = exactly(override.ramDiskBytes);
      return total && { kind: 'total', total, mostBytes: Infinity };
    },
  },
  declared: {
    durationMs: (subject) => {
      const { declaredBytes, chroot, options, time, priorMs, priorTree } = subject;
      if (declaredBytes === undefined || time.ownShare > 0) return undefined;
      const told = declaredTree(declaredBytes, chroot, options.ramHolds);
      return timeGivenTree(priorMs, priorTree, joined(told, priorTree));
    },
    ramDisk: (subject) => {
      const { declaredBytes, chroot, chrootPeak, options, tree } = subject;
      if (declaredBytes === undefined) return undefined;
      const holds = options.ramHolds;
      const told = declaredTree(declaredBytes, chroot, holds);
      const likely = tree.ownShare > OWN_SHARE ? tree.predicted : joined(told, tree.predicted);
      const median = footprintQuantile({ holds, chroot, tree: likely, ratio: chrootPeak }, 0.5);
      const mostBytes = Math.round(holds === 'build' ? quantileOf(told, 0.9) : declaredBytes);
      return { kind: 'total', total: boundedBy(median, mostBytes), mostBytes };
    },
  },
  history: {
    durationMs: ({ time }) => (time.ownShare > OWN_SHARE ? time.predicted : undefined),
    ramDisk: ({ tree }) => (tree.ownShare > OWN_SHARE ? { kind: 'tree', tree: tree.predicted } : undefined),
  },
  prior: {
    durationMs: (subject) => (isDescribed(subject) ? likelyTime(subject) : undefined),
    ramDisk: (subject) => (isDescribed(subject) ? { kind: 'tree', tree: subject.tree.predicted } : undefined),
  },
  default: {
    durationMs: (subject) => likelyTime(subject),
    ramDisk: ({ tree }) => ({ kind: 'tree', tree: tree.predicted }),
  },
};

/** Whether anything tells the size of the source or of its binaries. */
function isDescribed({ facts }: Subject): boolean {
  return facts.prior.knows !== 'counts';
}

/** By the features, and by a size that `--estimates` tells. */
function likelyTime({ override, time, tree, chroot, options }: Subject): LogNormal {
  if (override.ramDiskBytes === undefined || time.ownShare > 0) return time.predicted;
  const standing = options.ramHolds === 'build' ? 0 : standingBytes(chroot);
  const rest = Math.max(LEAST_TREE_BYTES, override.ramDiskBytes - standing);
  return timeGivenTree(time.predicted, tree.predicted, { median: rest, sigma: 0 });
}

function exactly(value: number | undefined): LogNormal | undefined {
  return value === undefined ? undefined : { median: value, sigma: 0 };
}
