import type { FootprintParts } from '../estimate/estimate.ts';
import type { EstimatorName } from '../estimate/estimator-name.ts';
import type { BuildOutcome, RamHolds } from '../history/record.ts';

export const EXPLAIN_SCHEMA = 'debplan/explain@1';

/** What `debplan explain --json` prints: where the figures of a source's builds come from. */
export interface ExplainDocument {
  readonly schema: typeof EXPLAIN_SCHEMA;
  /** The share of builds that has to fit into what is reserved. */
  readonly ramQuantile: number;
  readonly ramHolds: RamHolds;
  /** With how many make jobs durations are, on a builder of speed 1. */
  readonly makeJobs: number;
  /** How many records the history has, of all sources. */
  readonly records: number;
  /** By key. */
  readonly units: readonly UnitExplanation[];
}

/** One unit. Times are integer ms on a builder of speed 1 with `makeJobs` make jobs, sizes integer bytes. */
export interface UnitExplanation {
  readonly unit: string;
  readonly source: string;
  readonly version: string;
  readonly arch: string;
  readonly duration: DurationExplanation;
  readonly ramDisk: RamDiskExplanation;
  /** What is installed beside the base chroot; null where no index tells its sizes. */
  readonly depends: DependsExplanation | null;
  /** What the package declares as its size; null: nothing. */
  readonly declared: DeclaredExplanation | null;
  /** Peak resident size; null: nobody knows. */
  readonly memory: { readonly bytes: number; readonly by: 'override' | 'history' | 'prior' } | null;
  /** The part of the work that make jobs share. */
  readonly parallelFraction: number;
  readonly features: FeaturesExplanation;
}

export interface DurationExplanation {
  readonly medianMs: number;
  /** 90 % of builds take no longer. */
  readonly upperMs: number;
  readonly by: EstimatorName;
  /** What `--estimates` says; null: nothing. */
  readonly overrideMs: number | null;
  /** On each builder that was named and can build it, by name; none was named: empty. */
  readonly on: readonly BuilderExplanation[];
  /** What the next build would take by the features of the source, on machines as the history knows them. */
  readonly prior: Spread;
  /** How much of the median the builds below decide, 0 .. 1; the rest is the prior's. */
  readonly ownShare: number;
  /** Builds of the source whose time counts, the newest first. */
  readonly builds: readonly SeenBuild[];
}

/** What the median is on one builder with so many make jobs, as plans compute it. */
export interface BuilderExplanation {
  readonly builder: string;
  /** What durations are divided by: as given, or as the history tells. */
  readonly speed: number;
  readonly makeJobs: number;
  /** Null: what is reserved doesn't fit into its RAM disk. */
  readonly ramMs: number | null;
  /** Null: it doesn't build on disk. */
  readonly diskMs: number | null;
}

export interface RamDiskExplanation {
  /** What a plan reserves. */
  readonly reservedBytes: number;
  readonly medianBytes: number;
  /** 90 % of builds need no more. */
  readonly upperBytes: number;
  readonly by: EstimatorName;
  readonly overrideBytes: number | null;
  readonly parts: FootprintParts;
  /** The build tree at its peak, which is what is least known. */
  readonly tree: {
    readonly prior: Spread;
    readonly ownShare: number;
    /** Builds of the source that tell its tree, the newest first. */
    readonly builds: readonly SeenBuild[];
  };
}

/** A quantity that isn't known exactly. */
export interface Spread {
  readonly median: number;
  /** 90 % of such builds take no more. */
  readonly upper: number;
}

/** A build of the source that took place. */
export interface SeenBuild {
  readonly version: string;
  readonly arch: string;
  readonly builder: string | null;
  readonly startedAt: string | null;
  readonly outcome: BuildOutcome;
  /** What it took; of a tree whose peak nobody saw, its end times the usual ratio. A failed one took at least that. */
  readonly took: number;
  /** The same in the circumstances of the unit: its builders, make jobs, version. */
  readonly here: number;
  /** What it weighs among the builds listed; the sum is 1. */
  readonly weight: number;
}

export interface DependsExplanation {
  readonly packages: number;
  readonly installedBytes: number;
  /** Packages whose size nobody tells. */
  readonly unknownSizes: number;
  /** The largest, the largest first. */
  readonly largest: readonly {
    readonly package: string;
    readonly version: string | null;
    readonly installedBytes: number;
  }[];
}

export interface DeclaredExplanation {
  readonly bytes: number;
  /** `counts`: an upper bound; `too-small`: a build took more; `stale`: builds take far less; the last two don't count. */
  readonly verdict: 'counts' | 'too-small' | 'stale';
  /** The largest build that refutes it; null where none does. */
  readonly refutedBy: {
    readonly version: string;
    readonly arch: string;
    readonly startedAt: string | null;
    readonly bytes: number;
  } | null;
}

/** What the prior saw of the source. */
export interface FeaturesExplanation {
  /** Which sizes were known: those of the source, of its existing binaries, both, or none. */
  readonly knows: 'all' | 'source' | 'binaries' | 'counts';
  readonly upstreamBytes: number | null;
  readonly compression: string | null;
  readonly anyBinaries: number;
  readonly allBinaries: number;
  /** Installed-Size of the binaries that exist already. */
  readonly installedAnyBytes: number | null;
  readonly installedAllBytes: number | null;
  readonly buildDepends: number;
  /** By name. */
  readonly toolchains: readonly string[];
  readonly runsTests: boolean;
}
