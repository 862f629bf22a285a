import { NOTHING_LEFT, type GroupTable } from '../archive/group-table.ts';
import { buildFields, type Universe } from '../archive/universe.ts';
import type { Unit } from '../archive/unit.ts';
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
  readonly groups: GroupTable;
  readonly toolchainsOf: ToolchainsOf;
  /** By the number of a group: the toolchains of its relations. */
  readonly ofGroup: (readonly Toolchain[] | undefined)[];
  /** By the number of a field: what it asks for, alike for all targets; `RESTRICTED`: it has restrictions. */
  readonly ofField: (FieldFeatures | undefined)[];
}

/** What one field of build dependencies asks for. */
interface FieldFeatures {
  readonly count: number;
  readonly toolchains: ReadonlySet<Toolchain>;
}

const RESTRICTED: FieldFeatures = { count: -1, toolchains: new Set() };
const indexes = new WeakMap<Universe, FeatureIndex>();

function indexOf(universe: Universe): FeatureIndex {
  const known = indexes.get(universe);
  if (known !== undefined) return known;
  const index: FeatureIndex = {
    existing: existingBinariesOf(universe),
    groups: universe.packages.index.groups,
    toolchainsOf: toolchainLookup(),
    ofGroup: [],
    ofField: [],
  };
  indexes.set(universe, index);
  return index;
}

function buildDependsOf(
  unit: Unit,
  index: FeatureIndex,
): Pick<SourceFeatures, 'buildDependsCount' | 'toolchains'> {
  const [first, ...others] = buildFields(unit);
  if (first === undefined) return { buildDependsCount: 0, toolchains: new Set() };
  const { count, toolchains } = featuresOfField(first, unit, index);
  if (others.length === 0) return { buildDependsCount: count, toolchains };
  const all = new Set(toolchains);
  let buildDependsCount = count;
  for (const field of others) {
    const more = featuresOfField(field, unit, index);
    buildDependsCount += more.count;
    for (const toolchain of more.toolchains) all.add(toolchain);
  }
  return { buildDependsCount, toolchains: all };
}

/** Looked at once for all targets, unless it has restrictions. */
function featuresOfField(field: RelationField, unit: Unit, index: FeatureIndex): FieldFeatures {
  const number = index.groups.fieldOf(field);
  const known = (index.ofField[number] ??= isRestricted(field)
    ? RESTRICTED
    : readField(number, undefined, index));
  return known === RESTRICTED ? readField(number, unit, index) : known;
}

function isRestricted({ groups }: RelationField): boolean {
  for (const group of groups)
    for (const { architectures, profiles } of group)
      if (architectures.length > 0 || profiles.length > 0) return true;
  return false;
}

/** @param unit whose target decides which relations count; undefined: the field has no restrictions */
function readField(number: number, unit: Unit | undefined, index: FeatureIndex): FieldFeatures {
  const { groups } = index;
  const toolchains = new Set<Toolchain>();
  let count = 0;
  for (let cell = groups.fields.from(number); cell < groups.fields.to(number); cell++) {
    const group = groups.fields.at(cell);
    const left = unit === undefined ? group : groups.reduce(group, unit.target.arch, unit.target.profiles);
    if (left === NOTHING_LEFT) continue;
    count++;
    for (const toolchain of (index.ofGroup[left] ??= toolchainsOfGroup(left, index)))
      toolchains.add(toolchain);
  }
  return { count, toolchains };
}

function toolchainsOfGroup(group: number, { groups, toolchainsOf }: FeatureIndex): readonly Toolchain[] {
  return groups.group(group).flatMap((relation) => toolchainsOf(relation.package));
}
