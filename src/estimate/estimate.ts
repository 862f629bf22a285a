import type { Unit } from '../archive/unit.ts';
import type { Universe } from '../archive/universe.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { BuildRecord, RamHolds } from '../history/record.ts';
import type { Installability } from '../resolve/installability.ts';

/**
 * Who says how long a build takes or how much room it needs. `override`: `--estimates`; `declared`: the package's own
 * Build-Size; `history`: builds of the same source; `prior`: the features of the source; `default`: nothing is known.
 */
export type EstimatorName = 'override' | 'declared' | 'history' | 'prior' | 'default';

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

/** What a footprint is made of: bytes at the median. What `ramHolds: 'build'` leaves out is 0. */
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
  /** From the sum of these to what is reserved. */
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
  /** Debian architecture that it builds natively. */
  readonly arch: string;
  /** Durations are divided by it. */
  readonly speed: number;
  /** A build on disk takes this many times as long as in RAM. */
  readonly diskFactor: number;
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

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** A chroot with the usual build dependencies: what bookworm's indexes give as the median, and apt's own files. */
const CHROOT_BYTES = 700 * MIB;
/** Build tree over tarballs; published figures run from 3 (data) over 12–72 (C) to 275 (openssl). */
const TREE_PER_SOURCE_BYTE = 25;
/** Builds write about a GiB of build tree in six minutes on two cores (openssl 4.6 GiB: 28 min; sqlite3: 15 min). */
const MS_PER_TREE_GIB = 360_000;
/** Unpacking, configuring and packaging take this long whatever the size. */
const START_MS = 60_000;
/** Compiling is shared by make jobs; unpacking, configuring, installing and packaging are not. */
const PARALLEL_FRACTION = 0.8;
const DEFAULT_TREE_BYTES = GIB;
const DEFAULT_DURATION_MS = 300_000;

/**
 * Estimates every unit: by `--estimates`, else by the package's own Build-Size, else by the size of its tarballs, else by
 * a fixed guess. Of several rows for a source the one for the unit's architecture counts.
 */
export function estimateUnits({ universe, overrides }: EstimateContext): Estimates {
  const byName = new Map<string, EstimateOverride>();
  for (const override of overrides) byName.set(overrideKey(override.source, override.arch), override);
  const estimates = universe.units.map((unit) => {
    const { name } = unit.source;
    const general = byName.get(overrideKey(name, undefined));
    const special = byName.get(overrideKey(name, unit.target.arch));
    return estimateUnit(unit, {
      durationMs: special?.durationMs ?? general?.durationMs,
      ramDiskBytes: special?.ramDiskBytes ?? general?.ramDiskBytes,
      memoryBytes: special?.memoryBytes ?? general?.memoryBytes,
      parallelFraction: special?.parallelFraction ?? general?.parallelFraction,
    });
  });
  return { estimates, diagnostics: [] };
}

function estimateUnit(unit: Unit, override: Omit<EstimateOverride, 'source' | 'arch'>): Estimate {
  const { buildSizeBytes, sourceBytes, serial } = unit.source;
  const guess = guessFootprint(buildSizeBytes, sourceBytes);
  const ramDiskBytes = override.ramDiskBytes ?? guess.bytes;
  const ramDiskBy = override.ramDiskBytes === undefined ? guess.by : 'override';
  const treeBytes = Math.max(0, ramDiskBytes - CHROOT_BYTES);
  const isKnown = ramDiskBy !== 'default';
  const fromSize = START_MS + Math.round((treeBytes / GIB) * MS_PER_TREE_GIB);
  const durationMs = Math.max(1, override.durationMs ?? (isKnown ? fromSize : DEFAULT_DURATION_MS));
  const parts = { baseBytes: ramDiskBytes - treeBytes, treeBytes, listsBytes: 0, dependsBytes: 0 };
  return {
    durationMs,
    durationUpperMs: durationMs,
    ramDiskBytes,
    ramDiskMedianBytes: ramDiskBytes,
    ramDiskUpperBytes: ramDiskBytes,
    memoryBytes: override.memoryBytes ?? 0,
    parallelFraction: override.parallelFraction ?? (serial ? 0 : PARALLEL_FRACTION),
    durationBy: override.durationMs === undefined ? ramDiskBy : 'override',
    ramDiskBy,
    parts: { ...parts, downloadsBytes: 0, reserveBytes: 0 },
  };
}

function guessFootprint(
  buildSizeBytes: number | undefined,
  sourceBytes: number | undefined,
): { readonly bytes: number; readonly by: EstimatorName } {
  if (buildSizeBytes !== undefined) return { bytes: buildSizeBytes, by: 'declared' };
  if (sourceBytes === undefined) return { bytes: CHROOT_BYTES + DEFAULT_TREE_BYTES, by: 'default' };
  return { bytes: CHROOT_BYTES + TREE_PER_SOURCE_BYTE * sourceBytes, by: 'prior' };
}

function overrideKey(source: string, arch: string | undefined): string {
  return `${source} ${arch ?? ''}`;
}
