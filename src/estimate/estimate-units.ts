import type { Unit } from '../archive/unit.ts';
import type { Estimate, EstimateContext, EstimateOverride, Estimates, EstimatorName } from './estimate.ts';

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
