import type { AnalyseOptions } from './analyse.ts';
import type { Available, CheckOptions } from './check.ts';
import type { Implicit, Reading } from './archive/universe.ts';
import { compareText } from './base/compare.ts';
import { UserError, type Report } from './base/diagnostic.ts';
import { isArchitecture } from './debian/architecture.ts';
import type { BuildKind } from './debian/target.ts';
import { parseBuilder } from './dispatch/parse-builder.ts';
import type { Builder } from './dispatch/problem.ts';
import type { Machine } from './io/this-machine.ts';

/** The planning options as they come from the command line: texts, anything may be missing. */
export interface RawOptions {
  readonly arch?: readonly string[] | undefined;
  readonly allOn?: string | undefined;
  readonly profiles?: readonly string[] | undefined;
  readonly layers?: readonly string[] | undefined;
  readonly select?: readonly string[] | undefined;
  readonly withBuildDeps?: boolean | undefined;
  readonly withDependents?: boolean | undefined;
  /** How many steps `withBuildDeps` and `withDependents` go, a whole number; missing: all. */
  readonly depth?: string | undefined;
  readonly deps?: 'install' | 'direct' | undefined;
  readonly alternatives?: 'any' | 'first' | undefined;
  readonly reading?: Reading | undefined;
  readonly kind?: BuildKind | undefined;
  /** `essential`, `build-essential`, or `none` alone; missing: both. */
  readonly implicit?: readonly string[] | undefined;
  /** Sets what is missing as that system does. */
  readonly like?: Preset | undefined;
}

/** The options of a check as they come from the command line. */
export interface RawCheckOptions extends RawOptions {
  readonly available?: Available | undefined;
  readonly buildArch?: string | undefined;
  readonly hostArch?: string | undefined;
}

export type Preset = keyof typeof PRESETS;

/**
 * What other systems do. `buildd`: Debian's build daemons take the first alternative, and build `Architecture: all` once;
 * `dose`: dose-builddebcheck 7 with its own reading of relations, every field on every architecture, existing binaries
 * only; `starlingx`: the tools of StarlingX's build, which read names alone and know no Essential packages.
 */
const PRESETS = {
  buildd: { alternatives: 'first', reading: 'debian' },
  dose: { alternatives: 'any', reading: 'dose', kind: 'binary', available: 'existing' },
  starlingx: { alternatives: 'any', reading: 'starlingx', implicit: ['none'], available: 'planned' },
} as const satisfies Record<string, Partial<RawCheckOptions>>;

function withPreset<T extends RawOptions>(raw: T): T {
  if (raw.like === undefined) return raw;
  const given = Object.entries(raw).filter(([, value]) => value !== undefined);
  return { ...raw, ...PRESETS[raw.like], ...Object.fromEntries(given) };
}

/**
 * Fills what the graph stages need; after this nothing is optional.
 * @throws UserError for an unknown architecture, an `allOn` that is not planned for, a name that can't be a profile, a
 * depth that is no number, and for what would have no effect: an empty selection, neighbours of no selection
 */
export function resolveAnalyseOptions(given: RawOptions, machine: Machine): AnalyseOptions {
  const raw = withPreset(given);
  refuseEmpty('--arch', raw.arch);
  refuseEmpty('--select', raw.select);
  const named = distinct(raw.arch ?? []);
  const architectures = named.length === 0 ? [machine.arch] : named;
  for (const arch of architectures) if (!isArchitecture(arch)) throw unknownArchitecture(`--arch ${arch}`);
  const [first = machine.arch] = architectures;
  const allOn = raw.allOn ?? first;
  if (!architectures.includes(allOn)) throw notPlannedFor(allOn, architectures);
  const profiles = distinct(raw.profiles ?? []).sort(compareText);
  for (const profile of profiles) if (!/^[a-z0-9][a-z0-9.+-]*$/.test(profile)) throw notAProfile(profile);
  const steps = resolveDepth(raw);
  return {
    architectures: [...architectures].sort(compareText),
    allOn,
    profiles,
    depth: raw.deps ?? 'install',
    alternatives: raw.alternatives ?? 'any',
    reading: raw.reading ?? 'debian',
    kind: raw.kind ?? 'binary',
    buildArch: undefined,
    implicit: resolveImplicit(raw.implicit),
    waitsForImplicit: raw.implicit !== undefined && !raw.implicit.includes('none'),
    layers: distinct(raw.layers ?? []),
    select: distinct(raw.select ?? []).sort(compareText),
    buildDepsDepth: raw.withBuildDeps === true ? steps : 0,
    dependentsDepth: raw.withDependents === true ? steps : 0,
  };
}

/** What a check needs, and the architectures whose indexes it reads. */
export interface ResolvedCheck {
  readonly options: CheckOptions;
  /** Of the builds, and of the machine that they run on. */
  readonly readArchitectures: readonly string[];
}

/**
 * Fills what a check needs. Without `allOn` arch:all is asked of each architecture, but the preset `buildd` asks the first.
 * @throws UserError as `resolveAnalyseOptions`, and for a cross build that doesn't name one host architecture
 */
export function resolveCheckOptions(given: RawCheckOptions, machine: Machine): ResolvedCheck {
  const raw = withPreset(given);
  const { hostArch, buildArch } = raw;
  if (hostArch === undefined && buildArch !== undefined) throw needsHostArch(buildArch);
  if (hostArch !== undefined && raw.arch !== undefined) throw twoHostArchs(hostArch);
  const runsOn = hostArch === undefined ? undefined : (buildArch ?? machine.arch);
  if (runsOn !== undefined && !isArchitecture(runsOn)) throw unknownArchitecture(`--build-arch ${runsOn}`);
  const arch = hostArch === undefined ? raw.arch : [hostArch];
  const resolved = resolveAnalyseOptions({ ...raw, arch }, machine);
  const isOnce = raw.allOn !== undefined || raw.like === 'buildd';
  const options = {
    ...resolved,
    allOn: isOnce ? resolved.allOn : undefined,
    buildArch: runsOn === hostArch ? undefined : runsOn,
    available: raw.available ?? 'auto',
  };
  const readArchitectures = distinct([...resolved.architectures, runsOn ?? '']).sort(compareText);
  return { options, readArchitectures };
}

const IMPLICIT: readonly Implicit[] = ['essential', 'build-essential'];

function resolveImplicit(given: readonly string[] | undefined): readonly Implicit[] {
  if (given === undefined) return IMPLICIT;
  const names = distinct(given);
  const unknown = names.find((name) => name !== 'none' && !IMPLICIT.some((known) => known === name));
  if (unknown !== undefined || names.length === 0 || (names.includes('none') && names.length > 1))
    throw notImplicit(given.join(','));
  return IMPLICIT.filter((known) => names.includes(known));
}

function resolveDepth({ depth, select, withBuildDeps, withDependents }: RawOptions): number {
  const asks = withBuildDeps === true ? '--with-build-deps' : '--with-dependents';
  const isAsked = withBuildDeps === true || withDependents === true;
  if (isAsked && select === undefined) throw needsSelect(asks);
  if (depth === undefined) return Infinity;
  if (!/^\d+$/.test(depth)) throw notADepth(depth);
  if (!isAsked) throw needsNeighbours(depth);
  return Number(depth);
}

/**
 * The builders that were given, or this machine for each architecture: a build slot for every four processors, and half
 * of the memory as RAM disk.
 * @throws UserError for two builders of one name, one of an unknown architecture, or an architecture without one
 */
export function resolveBuilders(
  given: readonly Builder[],
  architectures: readonly string[],
  machine: Machine,
  report: Report,
): readonly Builder[] {
  if (given.length === 0) {
    report(assumedBuilders(architectures, machine));
    return architectures.map((arch) => machineBuilder(arch, machine));
  }
  const names = new Set<string>();
  for (const { name, arch } of given) {
    if (names.has(name)) throw sameName(name);
    names.add(name);
    if (!isArchitecture(arch)) throw unknownArchitecture(`builder '${name}': arch=${arch}`);
    if (!architectures.includes(arch)) report(unusedBuilder(name, arch));
  }
  for (const arch of architectures) {
    if (!given.some((builder) => builder.arch === arch)) throw noBuilder(arch);
  }
  return [...given]
    .filter((builder) => architectures.includes(builder.arch))
    .sort((a, b) => compareText(a.name, b.name));
}

/** `--packages [ARCH=]FILE`: the part before `=` counts as an architecture only if it is one. */
export function parsePackagesOption(text: string): {
  readonly path: string;
  readonly arch: string | undefined;
} {
  const cut = text.indexOf('=');
  const arch = text.slice(0, Math.max(0, cut));
  return isArchitecture(arch) ? { path: text.slice(cut + 1), arch } : { path: text, arch: undefined };
}

/** The builders of `--builder`, in any order. @throws UserError for one that can't be read */
export function parseBuilders(texts: readonly string[]): readonly Builder[] {
  return texts.map((text) => {
    const keys = text.split(',').map((part) => part.replace(/=.*/s, '').trim());
    const double = keys.find((key, index) => keys.indexOf(key) < index);
    if (double !== undefined) throw usage(`builder '${text}': ${double}= is given twice`, 'leave one out');
    return parseBuilder(text);
  });
}

function machineBuilder(arch: string, machine: Machine): Builder {
  return {
    name: `this-machine-${arch}`,
    arch,
    slots: Math.max(1, Math.floor(machine.cpus / 4)),
    ramDiskBytes: Math.floor(machine.memoryBytes / 2),
    memoryBytes: machine.memoryBytes,
    makeJobs: Math.min(4, machine.cpus),
    speed: 1,
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
}

function assumedBuilders(architectures: readonly string[], machine: Machine): Parameters<Report>[0] {
  return {
    code: 'assumed-builder',
    severity: 'note',
    message: `no --builder: a machine like this one is planned for ${architectures.join(' and ')} (${String(machine.cpus)} processors, half of the memory as RAM disk)`,
    hint: 'describe yours: --builder name=x86-1,arch=amd64,slots=8,ram-disk=64GiB',
  };
}

/** @param given the option with the name */
function unknownArchitecture(given: string): UserError {
  return usage(
    `${given}: Debian knows no such architecture`,
    'architectures are called amd64, arm64, armhf, …',
  );
}

function notPlannedFor(allOn: string, architectures: readonly string[]): UserError {
  return usage(
    `--all-on ${allOn} is not among the architectures of the plan (${architectures.join(', ')})`,
    `add it: --arch ${[...architectures, allOn].join(',')}`,
  );
}

function sameName(name: string): UserError {
  return usage(`two builders are called '${name}'`, 'give each its own name=');
}

function noBuilder(arch: string): UserError {
  return usage(`no builder for ${arch}`, `add --builder name=NAME,arch=${arch},slots=N,ram-disk=SIZE`);
}

/** A selection of nothing, as an unset shell variable gives it, must not mean all. */
function refuseEmpty(option: string, texts: readonly string[] | undefined): void {
  if (texts === undefined || distinct(texts).length > 0) return;
  throw usage(`${option} names nothing`, `leave ${option} out, or name one`);
}

function notAProfile(profile: string): UserError {
  return usage(
    `--profiles ${profile}: no build profile can be called so`,
    'profiles look like nocheck,nodoc',
  );
}

function needsHostArch(buildArch: string): UserError {
  return usage(
    `--build-arch ${buildArch} has no effect without --host-arch`,
    'name what is built for: --host-arch arm64; for native builds --arch is enough',
  );
}

function twoHostArchs(hostArch: string): UserError {
  return usage(
    `--host-arch ${hostArch} and --arch both say what is built for`,
    'leave --arch out: a cross check is of one architecture',
  );
}

function notImplicit(text: string): UserError {
  return usage(
    `--implicit ${text} can't be read`,
    'essential, build-essential, both with a comma between them, or none',
  );
}

function notADepth(depth: string): UserError {
  return usage(`--depth ${depth} is no whole number of steps`, 'leave it out to go all the way');
}

function needsNeighbours(depth: string): UserError {
  return usage(
    `--depth ${depth} has no effect: it counts the steps of --with-build-deps and --with-dependents`,
    'add one of the two, or leave --depth out',
  );
}

function needsSelect(option: string): UserError {
  return usage(`${option} has no effect: without --select all is planned`, 'add --select NAME');
}

function unusedBuilder(name: string, arch: string): Parameters<Report>[0] {
  return {
    code: 'unused-builder',
    severity: 'note',
    message: `builder '${name}' gets no work: ${arch} is not among the architectures of the plan`,
    hint: `add it: --arch ${arch}`,
  };
}

function usage(message: string, hint: string): UserError {
  return new UserError([{ code: 'usage', severity: 'error', message, hint }]);
}
