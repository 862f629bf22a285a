import type { Universe } from '../archive/universe.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { BuildRecord, RamHolds } from '../history/record.ts';
import type { Installability } from '../resolve/installability.ts';
import type { EstimatorName } from './estimator-name.ts';

/** How long a build takes and how much room it needs, and where the figures come from. */
export interface Estimate {
  /** Median: integer ms in RAM on a builder of speed 1 with `DURATION_JOBS` make jobs, all that it holds a slot for; ≥ 1. */
  readonly durationMs: number;
  /** 90 % of such builds take no longer. */
  readonly durationUpperMs: number;
  /** What is reserved of the RAM disk: the peak that a share of `ramQuantile` of builds doesn't exceed. */
  readonly ramDiskBytes: number;
  readonly ramDiskMedianBytes: number;
  /** 90 % of builds need no more. */
  readonly ramDiskUpperBytes: number;
  /** Peak resident size of the build's processes; 0: not known, not counted. */
  readonly memoryBytes: number;
  /** The part of the work that make jobs share, 0 (serial) .. 1. */
  readonly parallelFraction: number;
  readonly durationBy: EstimatorName;
  readonly ramDiskBy: EstimatorName;
  readonly parts: FootprintParts;
}

/** What a footprint is made of: bytes at the median, in the order of plan files. What `ramHolds: 'build'` leaves out is 0. */
export interface FootprintParts {
  /** Essential packages and build-essential, unpacked. */
  readonly baseBytes: number;
  /** apt's lists and caches. */
  readonly listsBytes: number;
  /** Build dependencies that the base has not, unpacked. */
  readonly dependsBytes: number;
  /** Their packages, as downloaded. */
  readonly downloadsBytes: number;
  /** Unpacked source, build tree and packages. */
  readonly treeBytes: number;
  /** What is there at the peak and gone at the end: the sum of these is the median. */
  readonly peakBytes: number;
  /** From the median to what is reserved. */
  readonly reserveBytes: number;
}

export interface EstimateOptions {
  /** The share of builds whose footprint has to fit into what is reserved: 0.5 .. 0.999. */
  readonly ramQuantile: number;
  /** What lies on the RAM disk. */
  readonly ramHolds: RamHolds;
}

/** Nine of ten builds fit into what is reserved for the whole chroot. */
export const ESTIMATE_OPTIONS: EstimateOptions = { ramQuantile: 0.9, ramHolds: 'chroot' };

/** What estimates need to know of a builder. */
export interface EstimateBuilder {
  readonly name: string;
  /** Debian architecture that it builds for. */
  readonly arch: string;
  /** Durations are divided by it. */
  readonly speed: number;
  /** A build on disk takes this many times as long as in RAM. */
  readonly diskFactor: number;
  /** Make jobs that its builds get: records made with as many need no law to be brought to it. Left out: not known. */
  readonly makeJobs?: readonly number[];
}

/** All that estimates are made from. */
export interface EstimateContext {
  readonly universe: Universe;
  readonly installability: Installability;
  readonly overrides: readonly EstimateOverride[];
  readonly history: readonly BuildRecord[];
  readonly builders: readonly EstimateBuilder[];
  readonly options: EstimateOptions;
}

export interface Estimates {
  /** One a unit, in the order of the units. */
  readonly estimates: readonly Estimate[];
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Speeds of those of `builders` that the history knows: their given speed times what their builds say beyond that, so that
   * the mean of an architecture's builders is what durations are for. A builder that isn't among them keeps its speed.
   */
  readonly speeds: ReadonlyMap<string, number>;
}

/** One row of an `--estimates` file; what it leaves out is estimated as if the row weren't there. */
export interface EstimateOverride {
  readonly source: string;
  /** Undefined: every architecture. */
  readonly arch: string | undefined;
  readonly durationMs: number | undefined;
  readonly ramDiskBytes: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly parallelFraction: number | undefined;
}
