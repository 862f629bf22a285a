import type { Brand } from '../base/brand.ts';
import { compareText } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import { matchesArchitectureList } from '../debian/architecture.ts';
import type { ProducedBinary, SourcePackage } from '../debian/package.ts';
import { isKnownProfile, KNOWN_PROFILES } from '../debian/known-profiles.ts';
import { matchesProfiles } from '../debian/profile.ts';
import { targetName, type BuildKind, type Target } from '../debian/target.ts';
import { noVersion, unknownProfile } from './diagnostics.ts';
import { isStandIn, NO_VARIANTS, varied, type Stage, type Variants } from './variants.ts';

/** 0 .. units - 1, in code-unit order of the units' keys. */
export type UnitId = Brand<number, 'UnitId'>;

/** What gets built once: a source, in one version, for one target. */
export interface Unit {
  readonly id: UnitId;
  /** `hello_2.10-3/arm64`, `doc-base_0.11/all`; in a tree with layers `distro/rt/i40e_2.30.12/amd64`. Unique. */
  readonly key: string;
  /** The key of the unit that it would be, or be a part of, without `Variants`. */
  readonly plainKey: string;
  readonly source: SourcePackage;
  /** The source's version; `0` when the input does not tell. */
  readonly version: string;
  readonly target: Target;
  /** '' for the full build. */
  readonly stage: Stage;
  /** The full build of the same source and target: itself, but for stages. */
  readonly full: UnitId;
  /** The binaries that this build makes. */
  readonly binaries: readonly ProducedBinary[];
}

/** A source that has nothing to build on one of the plan's architectures. */
export interface NotForArch {
  readonly source: SourcePackage;
  readonly arch: string;
}

export interface TargetOptions {
  /** Debian architectures to plan for, without doubles; at least one. */
  readonly architectures: readonly string[];
  /** The architecture that builds what is `Architecture: all`; one of `architectures`. Undefined: each of them does. */
  readonly allOn: string | undefined;
  /** What is built: architecture-dependent binaries, independent ones, or both. */
  readonly kind: BuildKind;
  /** The architecture that the builds run on; undefined: each builds for itself. */
  readonly buildArch: string | undefined;
  /** Active build profiles, sorted. */
  readonly profiles: readonly string[];
}

/** `fullKey`: the key of the full build. */
type Draft = Omit<Unit, 'id' | 'full'> & { readonly fullKey: string };

/**
 * One unit for each source and target that has something to build: on `allOn` a source's architecture-dependent and
 * independent binaries are one build; elsewhere only the dependent ones are built. Of sources with one key only the first
 * counts.
 * @param variants builds that differ from that, such as first builds with fewer build dependencies
 */
export function makeUnits(
  sources: readonly SourcePackage[],
  options: TargetOptions,
  report: Report,
  variants: Variants = NO_VARIANTS,
): {
  readonly units: readonly Unit[];
  readonly notForArch: readonly NotForArch[];
} {
  for (const profile of options.profiles) {
    if (isKnownProfile(profile) || sources.some((source) => namesProfile(source, profile))) continue;
    report(unknownProfile(profile, nearestName(profile, KNOWN_PROFILES)));
  }
  const drafts: Draft[] = [];
  const notForArch: NotForArch[] = [];
  for (const source of sources) {
    if (source.version === undefined) report(noVersion(source));
    for (const arch of options.architectures) {
      const target = targetOf(source, arch, options);
      if (target !== undefined) drafts.push(...draftUnits(source, target, variants, options));
      else if (!isOnlyAll(source)) notForArch.push({ source, arch });
    }
  }
  drafts.sort((a, b) => compareText(a.key, b.key));
  const distinct = drafts.filter((draft, index) => draft.key !== drafts[index - 1]?.key);
  const isStaged = distinct.some(({ stage }) => stage !== '');
  const ids = new Map(isStaged ? distinct.map(({ key }, index) => [key, unitId(index)]) : []);
  return {
    // field by field: copying what is left of an object takes five times as long
    units: distinct.map(
      ({ key, fullKey, plainKey, source, version, target, stage, binaries }, index): Unit => {
        const id = unitId(index);
        const full = stage === '' ? id : (ids.get(fullKey) ?? id);
        return { id, key, plainKey, source, version, target, stage, full, binaries };
      },
    ),
    notForArch,
  };
}

/** Whether a restriction of the source names the profile. */
export function namesProfile(
  { buildDepends, buildConflicts, binaries }: SourcePackage,
  profile: string,
): boolean {
  const isNamed = (formula: readonly (readonly string[])[]): boolean =>
    formula.some((terms) => terms.some((term) => term === profile || term === `!${profile}`));
  const { always, arch, indep } = buildDepends;
  const fields = [always, arch, indep, buildConflicts.always, buildConflicts.arch, buildConflicts.indep];
  return (
    binaries.some(({ profiles }) => isNamed(profiles)) ||
    fields.some((field) => field?.groups.some((group) => group.some(({ profiles }) => isNamed(profiles))))
  );
}

/** The first build that stands in for a unit until that is built; undefined: there is none. O(units) */
export function findStandIn(units: readonly Unit[], full: number): Unit | undefined {
  return units.find((other) => isStandIn(other.stage) && Number(other.full) === full);
}

/** Makes the id of the unit at a place of the sorted list. */
export function unitId(index: number): UnitId {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where the brand is made
  return index as UnitId;
}

function targetOf(source: SourcePackage, arch: string, options: TargetOptions): Target | undefined {
  const kind =
    options.allOn === undefined ? kindAnywhere(source, arch, options.kind) : kindOnce(source, arch, options);
  if (kind === undefined) return undefined;
  const { buildArch, profiles } = options;
  return { arch, kind, profiles, ...(buildArch === undefined ? {} : { buildArch }) };
}

function draftUnits(
  source: SourcePackage,
  target: Target,
  variants: Variants,
  { allOn }: TargetOptions,
): readonly Draft[] {
  const place = source.layer === undefined ? '' : `${source.layer}/`;
  const path = source.buildType === undefined ? place : `${place}${source.buildType}/`;
  const built = `${path}${source.name}_${source.version ?? '0'}`;
  const keyOf = (own: Target): string => `${built}/${allOn === undefined ? target.arch : targetName(own)}`;
  const plainKey = keyOf(target);
  const hasIndep = source.buildDepends.indep !== undefined;
  return varied(plainKey, target, variants, hasIndep).map(({ target: own, stage }): Draft => {
    const fullKey = keyOf(own);
    return {
      key: stage === '' ? fullKey : `${fullKey}+${stage}`,
      fullKey,
      plainKey,
      source,
      version: source.version ?? '0',
      target: own,
      stage,
      binaries: producedFor(source, own),
    };
  });
}

/** What an architecture builds of a source when `Architecture: all` is built once. */
function kindOnce(source: SourcePackage, arch: string, options: TargetOptions): BuildKind | undefined {
  const any = options.kind !== 'all' && buildsAny(source, arch);
  const all = options.kind !== 'any' && arch === options.allOn && source.architectures.includes('all');
  return any ? (all ? 'binary' : 'any') : all ? 'all' : undefined;
}

/** The kind that was asked for, if it makes anything: `dpkg-buildpackage -b` wants every field, whatever it makes. */
function kindAnywhere(source: SourcePackage, arch: string, kind: BuildKind): BuildKind | undefined {
  const any = kind !== 'all' && buildsAny(source, arch);
  const all = kind !== 'any' && source.architectures.includes('all');
  return any || all ? kind : undefined;
}

function buildsAny(source: SourcePackage, arch: string): boolean {
  const dependent = source.architectures.filter((name) => name !== 'all');
  return dependent.length > 0 && matchesArchitectureList(arch, dependent);
}

function isOnlyAll(source: SourcePackage): boolean {
  return source.architectures.every((name) => name === 'all');
}

/** Whether a binary of the unit's source is one of those that this build makes. */
export function makesBinary({ source, target }: Unit, binary: ProducedBinary): boolean {
  return (
    isMade(binary, source, target) &&
    (binary.profiles.length === 0 || matchesProfiles(binary.profiles, new Set(target.profiles)))
  );
}

function producedFor(source: SourcePackage, target: Target): readonly ProducedBinary[] {
  const active = new Set(target.profiles);
  return source.binaries.filter(
    (binary) => matchesProfiles(binary.profiles, active) && isMade(binary, source, target),
  );
}

function isMade(binary: ProducedBinary, source: SourcePackage, target: Target): boolean {
  const architectures = binary.architectures;
  if (architectures === undefined) return isNamedFor(binary, source, target.arch);
  if (architectures.includes('all')) return target.kind !== 'any';
  return target.kind !== 'all' && matchesArchitectureList(target.arch, architectures);
}

/**
 * Only the name is known (`Binary:` without `Package-List`): a name that ends in an architecture is taken for that one's
 * alone when the same source also lists the same name for others, as linux does: `linux-headers-amd64`, `-arm64`.
 */
function isNamedFor(binary: ProducedBinary, source: SourcePackage, arch: string): boolean {
  const match = NAMED_ARCHITECTURE.exec(binary.name);
  if (match?.[1] === undefined || match[2] === undefined || match[2] === arch) return true;
  const sibling = `${match[1]}-${arch}`;
  return !source.binaries.some((other) => other.name === sibling);
}

const NAMED_ARCHITECTURE =
  /^(.+)-(amd64|arm64|armel|armhf|i386|loong64|mips64el|mipsel|ppc64el|riscv64|s390x)$/;
