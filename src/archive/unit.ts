import type { Brand } from '../base/brand.ts';
import { compareText } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import { matchesArchitectureList } from '../debian/architecture.ts';
import type { ProducedBinary, SourcePackage } from '../debian/package.ts';
import { matchesProfiles } from '../debian/profile.ts';
import { targetName, type BuildKind, type Target } from '../debian/target.ts';
import { noVersion } from './diagnostics.ts';

/** 0 .. units - 1, in code-unit order of the units' keys. */
export type UnitId = Brand<number, 'UnitId'>;

/** What gets built once: a source, in one version, for one target. */
export interface Unit {
  readonly id: UnitId;
  /** `hello_2.10-3/arm64`, `doc-base_0.11/all`; in a tree with layers `distro/rt/i40e_2.30.12/amd64`. Unique. */
  readonly key: string;
  readonly source: SourcePackage;
  /** The source's version; `0` when the input does not tell. */
  readonly version: string;
  readonly target: Target;
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
  /** The architecture that builds what is `Architecture: all`; one of `architectures`. */
  readonly allOn: string;
  /** Active build profiles, sorted. */
  readonly profiles: readonly string[];
}

type Draft = Omit<Unit, 'id'>;

/**
 * One unit for each source and target that has something to build: on `allOn` a source's architecture-dependent and
 * independent binaries are one build; elsewhere only the dependent ones are built.
 */
export function makeUnits(
  sources: readonly SourcePackage[],
  options: TargetOptions,
  report: Report,
): {
  readonly units: readonly Unit[];
  readonly notForArch: readonly NotForArch[];
} {
  const drafts: Draft[] = [];
  const notForArch: NotForArch[] = [];
  for (const source of sources) {
    if (source.version === undefined) report(noVersion(source));
    for (const arch of options.architectures) {
      const draft = draftUnit(source, arch, options);
      if (draft !== undefined) drafts.push(draft);
      else if (!isOnlyAll(source)) notForArch.push({ source, arch });
    }
  }
  drafts.sort((a, b) => compareText(a.key, b.key));
  return {
    units: drafts.map((draft, index) => ({ id: unitId(index), ...draft })),
    notForArch,
  };
}

/** Makes the id of the unit at a place of the sorted list. */
export function unitId(index: number): UnitId {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where the brand is made
  return index as UnitId;
}

function draftUnit(source: SourcePackage, arch: string, options: TargetOptions): Draft | undefined {
  const kind = buildKind(source, arch, arch === options.allOn);
  if (kind === undefined) return undefined;
  const target: Target = { arch, kind, profiles: options.profiles };
  const version = source.version ?? '0';
  const path = [source.layer, source.buildType, `${source.name}_${version}`, targetName(target)];
  return {
    key: path.filter((part) => part !== undefined).join('/'),
    source,
    version,
    target,
    binaries: producedFor(source, target),
  };
}

function buildKind(source: SourcePackage, arch: string, buildsAll: boolean): BuildKind | undefined {
  const dependent = source.architectures.filter((name) => name !== 'all');
  const any = dependent.length > 0 && matchesArchitectureList(arch, dependent);
  const all = buildsAll && dependent.length < source.architectures.length;
  return any ? (all ? 'binary' : 'any') : all ? 'all' : undefined;
}

function isOnlyAll(source: SourcePackage): boolean {
  return source.architectures.every((name) => name === 'all');
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
