import type { StrategyKind } from './break.ts';

/** What opening a cycle costs, in no unit: only the proportions count. Infinity: never. */
export interface BreakCosts {
  /** A build dependency that a member of the cycle builds itself is met by what exists. */
  readonly existingBinary: number;
  /** The same where only run-time dependencies behind it lead to members of the cycle. */
  readonly existingBinaryIndirect: number;
  /** Added to these where what exists is older than what the plan builds. */
  readonly stale: number;
  /** A build profile that doesn't change what is built is set for one unit. */
  readonly profile: number;
  /** A unit's `Architecture: all` half is built by itself. */
  readonly archAllApart: number;
  /** A unit is built twice, first with a profile that changes what is built. */
  readonly stagedBuild: number;
  /** Added to that for each build dependency that is met by the first build: that unit is built again. */
  readonly rebuild: number;
  /** A unit is built on another architecture. */
  readonly crossBuild: number;
  /** Costs of single profiles, instead of `profile` and `stagedBuild`. */
  readonly profiles: ReadonlyMap<string, number>;
  /** Costs for single sources, by name. */
  readonly sources: ReadonlyMap<string, SourceCosts>;
}

/** Costs for one source; what is missing is as for all. */
export interface SourceCosts {
  readonly strategies: ReadonlyMap<StrategyKind, number>;
  /** Cost of meeting a build dependency by what exists, by the package that it names. */
  readonly relations: ReadonlyMap<string, number>;
}

/**
 * Existing binaries come first: they change neither what is built nor how. Building the `Architecture: all` half apart
 * changes nothing either and costs a build; a staged build costs two and risks that something of the first one remains.
 */
export const BREAK_COSTS: BreakCosts = {
  existingBinary: 4,
  existingBinaryIndirect: 1,
  stale: 2,
  profile: 50,
  archAllApart: 100,
  stagedBuild: 200,
  rebuild: 50,
  crossBuild: 400,
  profiles: new Map(),
  sources: new Map(),
};

/** The cost of a strategy for a source, where it does not depend on more than that. */
export function strategyCost(
  costs: BreakCosts,
  strategy: 'profile' | 'archAllApart' | 'stagedBuild' | 'crossBuild',
  source: string,
  profile?: string,
): number {
  const own = costs.sources.get(source)?.strategies.get(KINDS[strategy]);
  return own ?? (profile === undefined ? undefined : costs.profiles.get(profile)) ?? costs[strategy];
}

const KINDS = {
  profile: 'profile',
  archAllApart: 'arch-all-apart',
  stagedBuild: 'staged-build',
  crossBuild: 'cross-build',
} as const satisfies Record<string, StrategyKind>;

/** The cost of meeting a build dependency by what exists. */
export function existingCost(
  costs: BreakCosts,
  source: string,
  packages: readonly string[],
  { isDirect, isStale }: { readonly isDirect: boolean; readonly isStale: boolean },
): number {
  const own = costs.sources.get(source);
  const named = packages.map((name) => own?.relations.get(name)).find((cost) => cost !== undefined);
  const usual = isDirect ? costs.existingBinary : costs.existingBinaryIndirect;
  return named ?? own?.strategies.get('existing-binary') ?? usual + (isStale ? costs.stale : 0);
}
