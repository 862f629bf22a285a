import type { Universe } from '../archive/universe.ts';
import { buildFields } from '../archive/universe.ts';
import type { Unit } from '../archive/unit.ts';
import { reduceAlternatives, type Restrictions } from '../debian/reduce.ts';
import type { RelationField } from '../debian/relation.ts';
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
  const index = indexOf(universe);
  const { tarballs } = unit.source;
  let allCount = 0;
  for (const binary of unit.binaries) if (binary.architectures?.includes('all') === true) allCount++;
  return {
    upstreamBytes: tarballs?.upstreamBytes ?? unit.source.sourceBytes,
    debianBytes: tarballs?.debianBytes ?? (unit.source.sourceBytes === undefined ? undefined : 0),
    compression: tarballs?.compression,
    anyCount: unit.binaries.length - allCount,
    allCount,
    installed: index.existing.installedBy(unit),
    ...buildDependsOf(unit, index),
    runsTests: !unit.target.profiles.includes('nocheck'),
  };
}

/** What is read once of a universe. */
interface FeatureIndex {
  readonly existing: ExistingBinaries;
  readonly toolchainsOf: ToolchainsOf;
  /** What fields without restrictions ask for, alike for all targets; undefined: a field has some. */
  readonly plainFields: Map<RelationField, FieldFeatures | undefined>;
}

/** What one field of build dependencies asks for. */
interface FieldFeatures {
  readonly count: number;
  readonly toolchains: ReadonlySet<Toolchain>;
}

const indexes = new WeakMap<Universe, FeatureIndex>();

function indexOf(universe: Universe): FeatureIndex {
  const known = indexes.get(universe);
  if (known !== undefined) return known;
  const index: FeatureIndex = {
    existing: existingBinariesOf(universe),
    toolchainsOf: toolchainLookup(),
    plainFields: new Map(),
  };
  indexes.set(universe, index);
  return index;
}

function buildDependsOf(
  unit: Unit,
  index: FeatureIndex,
): Pick<SourceFeatures, 'buildDependsCount' | 'toolchains'> {
  const { arch, profiles } = unit.target;
  const fields = buildFields(unit).map(
    (field) => plainField(field, index) ?? fieldFor(field, { arch, profiles: new Set(profiles) }, index),
  );
  const [first, ...others] = fields;
  if (first === undefined) return { buildDependsCount: 0, toolchains: new Set() };
  if (others.length === 0) return { buildDependsCount: first.count, toolchains: first.toolchains };
  const toolchains = new Set<Toolchain>();
  let buildDependsCount = 0;
  for (const { count, toolchains: own } of fields) {
    buildDependsCount += count;
    for (const toolchain of own) toolchains.add(toolchain);
  }
  return { buildDependsCount, toolchains };
}

/** Looked at once for all targets; undefined: it has restrictions. */
function plainField(field: RelationField, index: FeatureIndex): FieldFeatures | undefined {
  const known = index.plainFields.get(field);
  if (known !== undefined || index.plainFields.has(field)) return known;
  const features = isRestricted(field) ? undefined : fieldFor(field, undefined, index);
  index.plainFields.set(field, features);
  return features;
}

function isRestricted({ groups }: RelationField): boolean {
  for (const group of groups)
    for (const { architectures, profiles } of group)
      if (architectures.length > 0 || profiles.length > 0) return true;
  return false;
}

/** @param restrictions undefined: the field has none */
function fieldFor(
  { groups }: RelationField,
  restrictions: Restrictions | undefined,
  { toolchainsOf }: FeatureIndex,
): FieldFeatures {
  const toolchains = new Set<Toolchain>();
  let count = 0;
  for (const group of groups) {
    const reduced = restrictions === undefined ? group : reduceAlternatives(group, restrictions);
    if (reduced === undefined) continue;
    count++;
    for (const relation of reduced)
      for (const toolchain of toolchainsOf(relation.package)) toolchains.add(toolchain);
  }
  return { count, toolchains };
}
