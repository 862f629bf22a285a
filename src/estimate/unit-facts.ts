import type { Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { int32At } from '../base/cells.ts';
import { quantileOf, sigmaBetween, type LogNormal } from '../base/log-normal.ts';
import { DURATION_JOBS } from '../dispatch/parse-builder.ts';
import type { EstimateContext } from './estimate.ts';
import { featuresOf } from './features.ts';
import type { ChrootSizes } from './footprint.ts';
import { installSizes } from './install-sizes.ts';
import { priorOf } from './prior/prior-of.ts';
import type { Prior } from './prior/prior.ts';

/** What is known of a unit's build without any record of one. */
export interface UnitFacts {
  readonly unit: Unit;
  readonly prior: Prior;
  /** Wall ms in RAM with `DURATION_JOBS` make jobs on the reference machine. */
  readonly wallMs: LogNormal;
  /** As the index tells it, before any chroot was seen. */
  readonly chroot: ChrootSizes;
  /** Of it: making the chroot and installing build dependencies, which no make jobs share. */
  readonly setupMs: number;
  /** The part of the rest that make jobs share, 0 .. 1. */
  readonly sharedFraction: number;
  /** How many times as long it takes with tests as without. */
  readonly testsFactor: () => number;
}

const MIB = 1024 ** 2;

/** Of the work on the source itself: compiling is shared by make jobs; unpacking, configuring, installing and packaging are not. */
export const PARALLEL_FRACTION = 0.8;
/** Making a chroot and throwing it away. */
const CHROOT_MS = 15_000;
/** Fetching and installing build dependencies: 28 builds on two busy cores took 0.07 s for each MiB installed. */
const INSTALL_MS_PER_MIB = 70;

/** Directories, and files rounded up to pages: 13 chroots in tmpfs held 1.04 times the sum of Installed-Size. */
const PAGES_FACTOR = 1.04;
/** apt, gpgv and what debootstrap leaves, beside Essential and build-essential. */
const APT_BYTES = 24 * MIB;
/** A base chroot of Debian 12 where no index tells the sizes of its packages. */
const BASE_BYTES = 440 * MIB;
/** apt's lists of one suite, and the caches that it makes of them. */
const LISTS_BYTES = 120 * MIB;
/** What sources of bookworm install and fetch in the middle, where no index tells. */
const DEPENDS_BYTES = 180 * MIB;
const DOWNLOAD_BYTES = 45 * MIB;

/** One row a unit. O(units × install set) */
export function unitFacts(context: FactsContext): readonly UnitFacts[] {
  return context.universe.units.map(unitFactsMaker(context));
}

type FactsContext = Pick<EstimateContext, 'universe' | 'installability'>;

/** The facts of units one by one, made anew each time: those of a whole archive take more memory than it takes time to make them. */
export function unitFactsMaker(context: FactsContext): (unit: Unit) => UnitFacts {
  const { universe, installability } = context;
  const sizes = installSizes(universe, installability);
  const usual: ChrootSizes = {
    baseBytes: BASE_BYTES,
    listsBytes: LISTS_BYTES,
    dependsBytes: DEPENDS_BYTES,
    downloadBytes: DOWNLOAD_BYTES,
    tarballBytes: 0,
  };
  return (unit) => {
    const contextId = int32At(universe.unitContext, unit.id);
    const base = at(sizes.base, contextId);
    const depends = at(sizes.depends, unit.id);
    const isSized = at(universe.contexts, contextId).isIndexed && base.installedBytes > 0;
    const tarballBytes = unit.source.sourceBytes ?? 0;
    const chroot: ChrootSizes = isSized
      ? {
          baseBytes: Math.round(base.installedBytes * PAGES_FACTOR) + APT_BYTES,
          listsBytes: LISTS_BYTES,
          dependsBytes: Math.round(depends.installedBytes * PAGES_FACTOR),
          downloadBytes: depends.downloadBytes,
          tarballBytes,
        }
      : { ...usual, tarballBytes };
    return { unit, chroot, ...workFacts(unit, chroot, context) };
  };
}

function workFacts(
  unit: Unit,
  { dependsBytes }: ChrootSizes,
  { universe }: FactsContext,
): Pick<UnitFacts, 'prior' | 'wallMs' | 'setupMs' | 'sharedFraction' | 'testsFactor'> {
  const features = featuresOf(unit, universe);
  const prior = priorOf(features);
  const sharedFraction = unit.source.serial ? 0 : PARALLEL_FRACTION;
  const setupMs = CHROOT_MS + (dependsBytes / MIB) * INSTALL_MS_PER_MIB;
  const shared = sharedWork(sharedFraction, DURATION_JOBS);
  const wallAt = (share: number): number => setupMs + quantileOf(prior.workMs, share) * shared;
  const wallMs = { median: wallAt(0.5), sigma: sigmaBetween(wallAt(0.5), wallAt(0.9)) };
  const testsFactor = (): number => {
    const [tested, untested] = [true, false].map((runsTests) => priorOf({ ...features, runsTests }));
    return (tested?.workMs.median ?? 1) / (untested?.workMs.median ?? 1);
  };
  return { prior, wallMs, setupMs, sharedFraction, testsFactor };
}

/**
 * The part of a build's whole time with one make job that make jobs share: Amdahl's fraction. Three decimals: a plan is read by
 * people too.
 * @param durationMs what it takes with `DURATION_JOBS`, setup and all
 */
export function fractionWithin(
  { setupMs, sharedFraction }: Pick<UnitFacts, 'setupMs' | 'sharedFraction'>,
  durationMs: number,
): number {
  const workMs = Math.max(0, durationMs - setupMs) / sharedWork(sharedFraction, DURATION_JOBS);
  if (workMs === 0) return 0;
  return Math.round((1000 * sharedFraction * workMs) / (setupMs + workMs)) / 1000;
}

/** What a build that took `durationMs` with `from` make jobs takes with `to`: its setup stays as it is. */
export function withMakeJobs(
  { setupMs, sharedFraction }: Pick<UnitFacts, 'setupMs' | 'sharedFraction'>,
  durationMs: number,
  from: number,
  to: number,
): number {
  const fixedMs = Math.min(setupMs, durationMs);
  return (
    fixedMs + ((durationMs - fixedMs) * sharedWork(sharedFraction, to)) / sharedWork(sharedFraction, from)
  );
}

/** Wall time of work that takes 1 with one make job: Amdahl's law. */
export function sharedWork(parallelFraction: number, makeJobs: number): number {
  return 1 - parallelFraction + parallelFraction / makeJobs;
}
