import type { Location } from '../base/diagnostic.ts';
import { USUAL_COSTS, type CostKey, type StrategyKind } from './strategies.ts';

/** What opening a cycle costs, in no unit: only the proportions count. Infinity: never. */
export interface BreakCosts {
  /** What each strategy costs, where nothing of the below says otherwise. */
  readonly usual: Readonly<Record<CostKey, number>>;
  /** Costs of single profiles, for `profile` and `staged-build`. */
  readonly profiles: ReadonlyMap<string, number>;
  /** Costs for single sources, by name. */
  readonly sources: ReadonlyMap<string, SourceCosts>;
  /** What `profiles` and `sources` name, each once. */
  readonly subjects: readonly CostSubject[];
}

/** Something that a file of costs names, and where it does so first. */
export type CostSubject = { readonly location: Location } & (
  | { readonly kind: 'profile'; readonly profile: string }
  | { readonly kind: 'source'; readonly source: string }
  | { readonly kind: 'relation'; readonly source: string; readonly package: string }
);

/** Costs for one source; what is missing is as for all. */
export interface SourceCosts {
  readonly strategies: ReadonlyMap<StrategyKind, number>;
  /** Cost of meeting a build dependency by what exists, by the package that it names. */
  readonly relations: ReadonlyMap<string, number>;
}

export const BREAK_COSTS: BreakCosts = {
  usual: USUAL_COSTS,
  profiles: new Map(),
  sources: new Map(),
  subjects: [],
};

/** The cost of a strategy for a source, where it does not depend on more than that. */
export function strategyCost(
  costs: BreakCosts,
  strategy: Exclude<StrategyKind, 'existing-binary'>,
  source: string,
  profile?: string,
): number {
  const own = costs.sources.get(source)?.strategies.get(strategy);
  return own ?? (profile === undefined ? undefined : costs.profiles.get(profile)) ?? costs.usual[strategy];
}

/** The cost of meeting a build dependency by what exists. */
export function existingCost(
  costs: BreakCosts,
  source: string,
  packages: readonly string[],
  { isDirect, isStale }: { readonly isDirect: boolean; readonly isStale: boolean },
): number {
  const own = costs.sources.get(source);
  const named = packages.map((name) => own?.relations.get(name)).find((cost) => cost !== undefined);
  const usual = costs.usual[isDirect ? 'existing-binary' : 'existing-binary-indirect'];
  return named ?? own?.strategies.get('existing-binary') ?? usual + (isStale ? costs.usual.stale : 0);
}
