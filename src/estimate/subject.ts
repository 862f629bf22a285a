import type { LogNormal } from '../base/log-normal.ts';
import type { BuildRecord } from '../history/record.ts';
import { blend, type Blend, type BlendRules } from './blend.ts';
import { chrootOf, learnChroot } from './chroot-model.ts';
import type { EstimateBuilder, EstimateOptions, EstimateOverride } from './estimate.ts';
import type { ChrootSizes } from './footprint.ts';
import type { Sighting, SourceSightings } from './sightings.ts';
import {
  learnTime,
  TIME_NOISE,
  timeObservations,
  timePrior,
  unseenArchVariance,
  type TimeModel,
} from './time-model.ts';
import { learnTrees, TREE_NOISE, treeObservations, treePrior, type TreeModel } from './tree-model.ts';
import type { UnitFacts } from './unit-facts.ts';

/** What a whole history says of machines, chroots and trees in general. */
export interface Learned {
  readonly time: TimeModel;
  readonly tree: TreeModel;
}

/** All that estimators may know of one unit. */
export interface Subject {
  readonly facts: UnitFacts;
  readonly options: EstimateOptions;
  readonly override: OverrideFigures;
  /** What the package declares of the whole chroot; undefined: nothing, or builds refuted it. */
  readonly declaredBytes: number | undefined;
  readonly chroot: ChrootSizes;
  /** Peak over what the chroot holds. */
  readonly chrootPeak: LogNormal;
  /** By the features of the source, with the scale that the history teaches. */
  readonly priorMs: LogNormal;
  readonly priorTree: LogNormal;
  /** These with builds of the same source. */
  readonly time: Blend;
  readonly tree: Blend;
  readonly memoryBytes: Blend | undefined;
}

export type OverrideFigures = Omit<EstimateOverride, 'source' | 'arch'>;

/** O(records) */
export function learn(sources: readonly SourceSightings[], builders: readonly EstimateBuilder[]): Learned {
  return { time: learnTime(sources, builders), tree: learnTrees(sources, learnChroot(sources)) };
}

/** @param own builds of the same source */
export function subjectOf(
  learned: Learned,
  facts: UnitFacts,
  own: readonly Sighting[],
  options: EstimateOptions,
  override: OverrideFigures,
  declaredBytes: number | undefined,
): Subject {
  const likelyMs = timePrior(learned.time, facts);
  const unseen = unseenArchVariance(learned.time, facts);
  const observations = own.length === 0 ? [] : timeObservations(learned.time, facts, own);
  const time = blend(likelyMs, observations, TIME_RULES);
  const priorTree = treePrior(learned.tree, facts);
  return {
    facts,
    options,
    override,
    declaredBytes,
    chroot: chrootOf(learned.tree.chroot, facts, own),
    chrootPeak: learned.tree.chroot.chrootPeak,
    priorMs: widened(likelyMs, unseen),
    priorTree,
    // builds elsewhere tell of each other, and all of them nothing of what no build has seen
    time: { ...time, predicted: widened(time.predicted, unseen) },
    tree: blend(
      priorTree,
      own.length === 0 ? [] : treeObservations(learned.tree, facts, own),
      treeRules(facts),
    ),
    memoryBytes: blendMemory(facts, own),
  };
}

/** How times behave. */
export const TIME_RULES: BlendRules = { noiseSigma: TIME_NOISE, believesLarge: false };
/** How build trees behave. */
export const SIZE_RULES: BlendRules = { noiseSigma: TREE_NOISE, believesLarge: true };

/** What the package declares, right or wrong, tells what its builds are like. */
function treeRules({ unit }: UnitFacts): BlendRules {
  const { buildSizeBytes } = unit.source;
  return buildSizeBytes ? { ...SIZE_RULES, told: Math.log(buildSizeBytes) } : SIZE_RULES;
}

/** What builds of the same source say without anything that is known of others. */
export function aloneBlends(
  learned: Learned,
  facts: UnitFacts,
  own: readonly Sighting[],
): Pick<Subject, 'time' | 'tree'> {
  const wide = (prior: LogNormal): LogNormal => ({ ...prior, sigma: WIDE_SIGMA });
  const { time, tree } = learned;
  const alone = blend(wide(timePrior(time, facts)), timeObservations(time, facts, own), TIME_RULES);
  return {
    time: { ...alone, predicted: widened(alone.predicted, unseenArchVariance(time, facts)) },
    tree: blend(wide(treePrior(tree, facts)), treeObservations(tree, facts, own), SIZE_RULES),
  };
}

function widened({ median, sigma }: LogNormal, variance: number): LogNormal {
  return { median, sigma: Math.sqrt(sigma ** 2 + variance) };
}

/** A prior that says nothing. */
const WIDE_SIGMA = 100;

/** Peak resident size varies with make jobs and compilers: ± 20 % between builds of the same. */
const MEMORY_NOISE = 0.2;
const MEMORY_RULES: BlendRules = { noiseSigma: MEMORY_NOISE, believesLarge: true };

function blendMemory({ prior }: UnitFacts, own: readonly Sighting[]): Blend | undefined {
  if (own.length === 0) return undefined;
  const seen = own.flatMap(({ record }) => (isMeasured(record) ? [record] : []));
  if (seen.length === 0) return undefined;
  const observations = seen.map((record) => ({
    value: Math.log(record.memoryBytes),
    variance: MEMORY_NOISE ** 2,
    weight: 1,
    isLeast: record.outcome !== 'built',
  }));
  return blend(prior.memoryBytes, observations, MEMORY_RULES);
}

function isMeasured(record: BuildRecord): record is BuildRecord & { readonly memoryBytes: number } {
  return record.memoryBytes !== undefined && record.memoryBytes > 0;
}

/** Overrides by source and architecture; the row of the architecture counts before the general one, figure by figure. */
export class Overrides {
  readonly #rows: ReadonlyMap<string, EstimateOverride>;

  constructor(rows: readonly EstimateOverride[]) {
    this.#rows = new Map(rows.map((row) => [`${row.source} ${row.arch ?? ''}`, row]));
  }

  of({ unit }: UnitFacts): OverrideFigures {
    if (this.#rows.size === 0) return NO_FIGURES;
    const general = this.#rows.get(`${unit.source.name} `);
    const special = this.#rows.get(`${unit.source.name} ${unit.target.arch}`);
    return {
      durationMs: special?.durationMs ?? general?.durationMs,
      ramDiskBytes: special?.ramDiskBytes ?? general?.ramDiskBytes,
      memoryBytes: special?.memoryBytes ?? general?.memoryBytes,
      parallelFraction: special?.parallelFraction ?? general?.parallelFraction,
    };
  }
}

const NO_FIGURES: OverrideFigures = {
  durationMs: undefined,
  ramDiskBytes: undefined,
  memoryBytes: undefined,
  parallelFraction: undefined,
};

/** Sightings by the source's name. */
export function sightingsByName(
  sources: readonly SourceSightings[],
): ReadonlyMap<string, readonly Sighting[]> {
  return new Map(sources.map(({ source, sightings }) => [source, sightings]));
}
