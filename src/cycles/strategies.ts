/** How likely it is that what a break makes differs from what the sources say, in ascending order. */
export const RISKS = ['none', 'low', 'medium', 'high'] as const;

export type Risk = (typeof RISKS)[number];

/** A way to open cycles. */
export type StrategyKind = 'existing-binary' | 'profile' | 'arch-all-apart' | 'staged-build' | 'cross-build';

/** All that is to be told of a way to open cycles; who chooses it where is `pose-breaks.ts` and `self-needs.ts`. */
export interface Strategy {
  /**
   * What it costs unless the user says otherwise, in no unit: only the proportions count. Its own name first, then what a
   * file of costs may set beside it.
   */
  readonly costs: Readonly<Record<string, number>>;
  readonly risk: Risk;
  /** What its edges have in common, as the title of a list. */
  readonly title: string;
  /** Why a wait is none, where no relation tells. */
  readonly reason: string;
  /**
   * What a unit does, as said after its name.
   * @param needs the units that it no longer waits for
   */
  readonly does: (needs: string, profile: string | undefined) => string;
}

/**
 * The strategies, the cheapest first. Existing binaries come first: they change neither what is built nor how. Building the
 * `Architecture: all` half apart changes nothing either and costs a build; a staged build costs two and risks that something
 * of the first one remains.
 */
export const STRATEGIES = {
  'existing-binary': {
    // indirect: only run-time dependencies lead to members of the cycle; stale: added where what exists is older
    costs: { 'existing-binary': 4, 'existing-binary-indirect': 1, stale: 2 },
    risk: 'low',
    title: 'what exists serves',
    reason: 'what exists serves',
    does: (needs) => `does not wait for ${needs}`,
  },
  profile: {
    costs: { profile: 50 },
    risk: 'low',
    title: 'a build profile drops the need',
    reason: 'a build profile drops it',
    does: (_, profile) => `is built with the profile ${profile ?? ''}`,
  },
  'arch-all-apart': {
    costs: { 'arch-all-apart': 100 },
    risk: 'none',
    title: 'the Architecture: all half is built apart',
    reason: "the source's other half asks for it",
    does: () => 'builds its Architecture: all packages apart',
  },
  'staged-build': {
    // rebuild: added for each build dependency that is met by the first build: that unit is built again
    costs: { 'staged-build': 200, rebuild: 50 },
    risk: 'medium',
    title: 'built twice, the first time without the need',
    reason: 'a first build does without it',
    does: (needs, profile) =>
      profile === undefined
        ? `takes what the first build of ${needs} makes, and is built again after the full one`
        : `is built twice, first with the profile ${profile}`,
  },
  'cross-build': {
    costs: { 'cross-build': 400 },
    risk: 'medium',
    title: 'built on another architecture',
    reason: 'it is built on another architecture',
    does: () => 'is built on another architecture',
  },
} as const satisfies Readonly<Record<StrategyKind, Strategy>>;

/** In the order of the registry. */
export const STRATEGY_KINDS: readonly StrategyKind[] = Object.keys(STRATEGIES).filter(isStrategyKind);

export function isStrategyKind(name: string): name is StrategyKind {
  return Object.hasOwn(STRATEGIES, name);
}

/** What the strategies cost unless the user says otherwise. */
export const USUAL_COSTS = {
  ...STRATEGIES['existing-binary'].costs,
  ...STRATEGIES.profile.costs,
  ...STRATEGIES['arch-all-apart'].costs,
  ...STRATEGIES['staged-build'].costs,
  ...STRATEGIES['cross-build'].costs,
} as const satisfies Readonly<Record<StrategyKind, number>>;

/** The name of a cost, as a file of costs gives it. */
export type CostKey = keyof typeof USUAL_COSTS;

export function isCostKey(key: string): key is CostKey {
  return Object.hasOwn(USUAL_COSTS, key);
}
