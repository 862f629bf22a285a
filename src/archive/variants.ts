import type { BuildKind, Target } from '../debian/target.ts';

/** Which build of a unit it is: the full one; a first one that stands in for it; or the same once more, at the end. */
export type Stage = '' | 'rebuild' | (string & {});

/** Builds that are done otherwise than the run's options say, by `Unit.plainKey`: how cycles are opened. */
export interface Variants {
  /** Build profiles set for a unit beside those of the run, sorted. */
  readonly profiles: ReadonlyMap<string, readonly string[]>;
  /** Units that are also built before, with these profiles set; that build's key ends in `+` and the first of them. */
  readonly staged: ReadonlyMap<string, readonly string[]>;
  /** Units whose `Architecture: all` half becomes a unit of its own, `…/all`. */
  readonly apart: ReadonlySet<string>;
  /** Units that are built on another architecture of the plan than they are for. */
  readonly cross: ReadonlyMap<string, string>;
  /** Units that could be built on another architecture instead: a first build whose key ends in `+cross`. */
  readonly crossable: ReadonlyMap<string, string>;
  /** Units that are built once more at the end, `…+rebuild`. */
  readonly rebuilt: ReadonlySet<string>;
}

export const NO_VARIANTS: Variants = {
  profiles: new Map(),
  staged: new Map(),
  apart: new Set(),
  cross: new Map(),
  crossable: new Map(),
  rebuilt: new Set(),
};

/** Both at once; of two that concern one unit alike the second counts, but that profiles add up. */
export function mergeVariants(a: Variants, b: Variants): Variants {
  const profiles = new Map(a.profiles);
  for (const [key, added] of b.profiles)
    profiles.set(key, [...new Set([...(profiles.get(key) ?? []), ...added])].sort());
  return {
    profiles,
    staged: new Map([...a.staged, ...b.staged]),
    apart: new Set([...a.apart, ...b.apart]),
    cross: new Map([...a.cross, ...b.cross]),
    crossable: new Map([...a.crossable, ...b.crossable]),
    rebuilt: new Set([...a.rebuilt, ...b.rebuilt]),
  };
}

/** One build of a unit: what is built, and the stage that its key ends in. */
export interface Build {
  readonly target: Target;
  readonly stage: Stage;
}

/**
 * The builds that a unit becomes, the full ones first: as a rule the one that it is.
 * @param hasIndep whether the source has Build-Depends-Indep: its first build then does without, and makes no
 * `Architecture: all` packages
 */
export function varied(key: string, target: Target, variants: Variants, hasIndep: boolean): readonly Build[] {
  const own = withProfiles(target, variants.profiles.get(key) ?? []);
  const builds: Build[] =
    variants.apart.has(key) && target.kind === 'binary'
      ? [full(withKind(own, 'any')), full(withKind(own, 'all'))]
      : [full(crossed(own, variants.cross.get(key)))];
  const staged = variants.staged.get(key) ?? [];
  const [stage] = staged;
  const half = hasIndep && own.kind === 'binary' ? withKind(own, 'any') : own;
  if (stage !== undefined) builds.push({ target: withProfiles(half, staged), stage });
  const on = variants.crossable.get(key);
  if (on !== undefined) builds.push({ target: crossed(own, on), stage: 'cross' });
  if (variants.rebuilt.has(key)) builds.push({ target: own, stage: 'rebuild' });
  return builds;
}

/** Whether a build's binaries stand in for those of the full one until that is done. */
export function isStandIn(stage: Stage): boolean {
  return stage !== '' && stage !== 'rebuild';
}

function full(target: Target): Build {
  return { target, stage: '' };
}

function withProfiles(target: Target, added: readonly string[]): Target {
  if (added.length === 0) return target;
  return { ...target, profiles: [...new Set([...target.profiles, ...added])].sort() };
}

function withKind(target: Target, kind: BuildKind): Target {
  return { ...target, kind };
}

/** As sbuild does, a cross build sets the profiles `cross` and `nocheck`: what it makes can't run there. */
function crossed(target: Target, buildArch: string | undefined): Target {
  return buildArch === undefined ? target : { ...withProfiles(target, ['cross', 'nocheck']), buildArch };
}
