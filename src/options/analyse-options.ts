import type { AnalyseOptions } from '../analysis.ts';
import type { Available } from '../check.ts';
import type { Reading } from '../archive/context.ts';
import type { Implicit } from '../archive/universe.ts';
import { compareText } from '../base/compare.ts';
import type { UserError } from '../base/diagnostic.ts';
import { BREAK_COSTS, type BreakCosts } from '../cycles/break-costs.ts';
import { isArchitecture, nearestArchitecture } from '../debian/architecture.ts';
import type { BuildKind } from '../debian/target.ts';
import type { Machine } from '../io/this-machine.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

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
  /** Missing: the usual ones. */
  readonly breakCosts?: BreakCosts | undefined;
  readonly reluctance?: AnalyseOptions['reluctance'];
  /** Missing: yes. */
  readonly rebuildAfterStage?: boolean | undefined;
  readonly rebuildStale?: boolean | undefined;
  /** Sets what is missing as that system does. */
  readonly like?: Preset | undefined;
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
} as const satisfies Record<string, Partial<RawOptions & { readonly available: Available }>>;

/** The options, what is missing as the preset sets it. */
export function withPreset<T extends RawOptions>(raw: T): T {
  if (raw.like === undefined) return raw;
  const given = Object.entries(raw).filter(([, value]) => value !== undefined);
  return { ...raw, ...PRESETS[raw.like], ...Object.fromEntries(given) };
}

/**
 * Fills what the graph stages need; after this nothing is optional.
 * @throws UserError for an unknown architecture, an `allOn` that is not planned for, a name that can't be a profile, a
 * depth that is no number, and for what would have no effect: an empty selection, neighbours of no selection
 * @example
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const options = resolveAnalyseOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * options.architectures; // → ['amd64']
 */
export function resolveAnalyseOptions(given: RawOptions, machine: Machine): AnalyseOptions {
  const raw = withPreset(given);
  refuseEmpty('--arch', raw.arch);
  refuseEmpty('--select', raw.select);
  refuseEmpty('--layers', raw.layers);
  const named = distinct(raw.arch ?? []);
  const architectures = named.length === 0 ? [machine.arch] : named;
  for (const arch of architectures)
    if (!isArchitecture(arch)) throw unknownArchitecture(`--arch ${arch}`, arch);
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
    breakCosts: raw.breakCosts ?? BREAK_COSTS,
    reluctance: raw.reluctance,
    rebuildAfterStage: raw.rebuildAfterStage ?? true,
    rebuildStale: raw.rebuildStale ?? false,
    layers: distinct(raw.layers ?? []),
    select: distinct(raw.select ?? []).sort(compareText),
    buildDepsDepth: raw.withBuildDeps === true ? steps : 0,
    dependentsDepth: raw.withDependents === true ? steps : 0,
  };
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
 * `--packages [ARCH=]FILE`: the part before `=` is an architecture if it looks like one; `./my=file` is a file.
 * @throws UserError for an architecture that Debian doesn't know
 */
export function parsePackagesOption(text: string): {
  readonly path: string;
  readonly arch: string | undefined;
} {
  const cut = text.indexOf('=');
  const arch = text.slice(0, Math.max(0, cut));
  if (isArchitecture(arch)) return { path: text.slice(cut + 1), arch };
  if (/^[a-z\d-]+$/.test(arch)) throw noIndexArchitecture(arch, text);
  return { path: text, arch: undefined };
}

function noIndexArchitecture(arch: string, text: string): UserError {
  const near = arch === 'all' ? undefined : nearestArchitecture(arch);
  return usage(
    `--packages ${text}: Debian knows no architecture '${arch}'`,
    `${near === undefined ? '' : `did you mean ${near}? `}a file that is called so: --packages './${text}'`,
  );
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
}

function notPlannedFor(allOn: string, architectures: readonly string[]): UserError {
  return usage(
    `--all-on ${allOn} is not among the architectures of the plan (${architectures.join(', ')})`,
    `add it: --arch ${[...architectures, allOn].join(',')}`,
  );
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
