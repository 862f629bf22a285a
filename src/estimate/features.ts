import type { Universe } from '../archive/universe.ts';
import { buildFields } from '../archive/universe.ts';
import type { Unit } from '../archive/unit.ts';
import { reduceAlternatives } from '../debian/reduce.ts';
import { existingBinariesOf, type ExistingBinaries, type InstalledSizes } from './existing-binaries.ts';
import { toolchainLookup, type Toolchain, type ToolchainsOf } from './toolchains.ts';

/** What is known of a build before it was ever made. Sizes are in bytes. */
export interface SourceFeatures {
  /** Upstream's tarballs, compressed; undefined: the input tells no files of the source. */
  readonly upstreamBytes: number | undefined;
  /** Debian's part; 0 for a native package; undefined as above. */
  readonly debianBytes: number | undefined;
  /** The suffix of the largest upstream tarball; undefined as above. */
  readonly compression: string | undefined;
  /** How many architecture-dependent binaries this build makes. */
  readonly anyCount: number;
  /** How many of `Architecture: all`. */
  readonly allCount: number;
  /** What those that exist already take when they are installed; undefined: no index lists a binary of the source. */
  readonly installed: InstalledSizes | undefined;
  /** Groups of build dependencies that count for the target. */
  readonly buildDependsCount: number;
  readonly toolchains: ReadonlySet<Toolchain>;
  /** False with the build profile `nocheck`. */
  readonly runsTests: boolean;
}

/**
 * The features of one build of a source: only what this unit makes counts. The first call for a universe reads all of its
 * binaries, O(nodes); the others are O(build dependencies).
 */
export function featuresOf(unit: Unit, universe: Universe): SourceFeatures {
  const { existing, toolchainsOf } = indexOf(universe);
  const { tarballs } = unit.source;
  let allCount = 0;
  for (const binary of unit.binaries) if (binary.architectures?.includes('all') === true) allCount++;
  return {
    upstreamBytes: tarballs?.upstreamBytes ?? unit.source.sourceBytes,
    debianBytes: tarballs?.debianBytes ?? (unit.source.sourceBytes === undefined ? undefined : 0),
    compression: tarballs?.compression,
    anyCount: unit.binaries.length - allCount,
    allCount,
    installed: existing.installedBy(unit),
    ...buildDependsOf(unit, toolchainsOf),
    runsTests: !unit.target.profiles.includes('nocheck'),
  };
}

/** What is read once of a universe. */
interface FeatureIndex {
  readonly existing: ExistingBinaries;
  readonly toolchainsOf: ToolchainsOf;
}

const indexes = new WeakMap<Universe, FeatureIndex>();

function indexOf(universe: Universe): FeatureIndex {
  const known = indexes.get(universe);
  if (known !== undefined) return known;
  const index = { existing: existingBinariesOf(universe), toolchainsOf: toolchainLookup() };
  indexes.set(universe, index);
  return index;
}

function buildDependsOf(
  unit: Unit,
  toolchainsOf: ToolchainsOf,
): Pick<SourceFeatures, 'buildDependsCount' | 'toolchains'> {
  const restrictions = { arch: unit.target.arch, profiles: new Set(unit.target.profiles) };
  const toolchains = new Set<Toolchain>();
  let buildDependsCount = 0;
  for (const field of buildFields(unit)) {
    for (const group of field.groups) {
      const reduced = reduceAlternatives(group, restrictions);
      if (reduced === undefined) continue;
      buildDependsCount++;
      for (const relation of reduced) {
        for (const toolchain of toolchainsOf(relation.package)) toolchains.add(toolchain);
      }
    }
  }
  return { buildDependsCount, toolchains };
}
