import { float64At } from '../base/cells.ts';
import type { LogNormal } from '../base/log-normal.ts';
import { beganMs } from '../history/began-ms.ts';
import type { BuildRecord } from '../history/record.ts';
import type { Observation } from './blend.ts';
import { chrootOfBuild, type ChrootModel } from './chroot-model.ts';
import { distanceVariance, recencyWeights } from './circumstances.ts';
import { LEAST_TREE_BYTES } from './declared.ts';
import { fitEffects, groupNumbers } from './fit-effects.ts';
import { standingBytes } from './footprint.ts';
import { heldBack } from './hold-back.ts';
import { isPositive } from './is-positive.ts';
import { PEAK_SLACK_BYTES } from './peak-ratio.ts';
import type { Sighting, SourceSightings } from './sightings.ts';
import { learnSpread } from './spread.ts';
import type { UnitFacts } from './unit-facts.ts';

/** Builds of the same source fill their tree to within ± 6 %. */
export const TREE_NOISE = 0.06;
/** Compilers' options, debug symbols: all trees of a setup against those that the prior was fitted to. */
const SCALE_SIGMA = 0.4;
/** What a whole chroot held is known so well; what the rest of it takes is subtracted from it. */
const CHROOT_ERROR = 0.02;

/** What the history says of build trees. */
export interface TreeModel {
  /** All trees over what the prior says, as a logarithm. */
  readonly scale: number;
  readonly scaleVariance: number;
  /** How far sources lie from the prior, over how far it says. */
  readonly spread: number;
  readonly chroot: ChrootModel;
}

/** Fits the scale of build trees, from builds that worked. O(records) */
export function learnTrees(sources: readonly SourceSightings[], chroot: ChrootModel): TreeModel {
  const sized = sources
    .map(({ sightings }) =>
      sightings.flatMap((sighting) => {
        const tree = treeOf(sighting, chroot);
        return tree === undefined || tree.isLeast || sighting.facts === undefined
          ? []
          : [{ ...tree, prior: sighting.facts.prior.treeBytes }];
      }),
    )
    .filter((trees) => trees.length > 0);
  const all = sized.flat();
  const deviations = Float64Array.from(all, ({ bytes, prior }) => Math.log(bytes / prior.median));
  const [scale = 0] = fitEffects(
    heldBack({
      group: groupNumbers(sized),
      effects: Int32Array.from(all.flatMap(() => [0, -1, -1])),
      value: deviations,
      variance: Float64Array.from(all, ({ variance }) => variance),
      groupSigma: Float64Array.from(sized, ([first]) => first?.prior.sigma ?? 1),
      effectSigma: Float64Array.of(SCALE_SIGMA),
    }),
  );
  const samples = sized.flatMap((trees) => {
    const [first] = trees;
    if (first === undefined) return [];
    const precision = trees.reduce((sum, { variance }) => sum + 1 / variance, 0);
    const sum = trees.reduce(
      (total, { bytes, prior, variance }) => total + (Math.log(bytes / prior.median) - scale) / variance,
      0,
    );
    return [{ mean: sum / precision, variance: first.prior.sigma ** 2 + 1 / precision }];
  });
  const known = samples.reduce((sum, { variance }) => sum + 1 / variance, 0);
  const scaleVariance = known === 0 ? 0 : 1 / (1 / SCALE_SIGMA ** 2 + known);
  return { scale, scaleVariance, spread: learnSpread(samples), chroot };
}

/** What the prior says of a unit's tree at its peak, with the learned scale. */
export function treePrior({ scale, scaleVariance, spread }: TreeModel, { prior }: UnitFacts): LogNormal {
  const { median, sigma } = prior.treeBytes;
  return { median: median * Math.exp(scale), sigma: Math.sqrt((sigma * spread) ** 2 + scaleVariance) };
}

/** What builds of the same source say of a unit's tree at its peak; failed ones say at least what they left. */
export function treeObservations(
  model: TreeModel,
  facts: UnitFacts,
  own: readonly Sighting[],
): readonly Observation[] {
  const sized = own.flatMap((sighting) => {
    const tree = treeOf(sighting, model.chroot);
    return tree === undefined ? [] : [{ ...tree, sighting }];
  });
  const weights = recencyWeights(sized.map(({ sighting }) => sighting.record));
  const lastBuilt = sized.reduce(
    (last, { sighting: { record } }) => (record.outcome === 'built' ? Math.max(last, timeOf(record)) : last),
    -Infinity,
  );
  return sized.map(({ sighting, bytes, variance, isLeast }, index): Observation => {
    const compared = sighting.facts?.prior.treeBytes.median ?? facts.prior.treeBytes.median;
    return {
      value: Math.log((bytes / compared) * facts.prior.treeBytes.median),
      variance: variance + distanceVariance(facts, sighting),
      weight: float64At(weights, index),
      isLeast,
      isFull: sighting.record.outcome === 'no-space' && timeOf(sighting.record) > lastBuilt,
    };
  });
}

/** When it began; an undated one counts as later than never only. */
function timeOf(record: BuildRecord): number {
  return beganMs(record) ?? LONG_AGO;
}

const LONG_AGO = Number.MIN_SAFE_INTEGER;

/** What a record tells of the tree at its peak. */
export interface SeenTree {
  readonly bytes: number;
  readonly variance: number;
  readonly isLeast: boolean;
}

/**
 * The tree of one build: as its folder's peak tells it, else its folder's end or sbuild's Build-Space times the usual ratio
 * of peak and end, else the whole chroot without what else is in it.
 */
export function treeOf({ record, facts }: Sighting, model: ChrootModel): SeenTree | undefined {
  const isLeast = record.outcome !== 'built';
  const noise = TREE_NOISE ** 2;
  const { treePeak } = model;
  const peak = record.holds === 'build' ? record.peakBytes : undefined;
  if (isPositive(peak)) return { bytes: peak, variance: noise, isLeast };
  const end = isPositive(record.treeBytes)
    ? record.treeBytes
    : record.holds === 'build'
      ? record.endBytes
      : undefined;
  if (isPositive(end)) {
    const bytes = isLeast ? end : end * treePeak.median;
    return { bytes, variance: noise + treePeak.sigma ** 2, isLeast };
  }
  return treeInChroot(record, facts, model);
}

/** The rest of a chroot: the smaller it is beside the chroot, the less is known of it. */
function treeInChroot(
  record: BuildRecord,
  facts: UnitFacts | undefined,
  model: ChrootModel,
): SeenTree | undefined {
  if (record.holds !== 'chroot' || facts === undefined) return undefined;
  const { peakBytes, endBytes } = record;
  const fromPeak = isPositive(peakBytes)
    ? (peakBytes - PEAK_SLACK_BYTES) / model.chrootPeak.median
    : undefined;
  const total = fromPeak ?? endBytes;
  if (!isPositive(total)) return undefined;
  const chroot = chrootOfBuild(model, facts, record);
  const bytes = Math.max(LEAST_TREE_BYTES, total - standingBytes(chroot));
  const error = ((CHROOT_ERROR + (fromPeak === undefined ? 0 : model.chrootPeak.sigma / 2)) * total) / bytes;
  return { bytes, variance: TREE_NOISE ** 2 + error ** 2, isLeast: record.outcome !== 'built' };
}
