import type { Universe } from '../archive/universe.ts';
import type { Stage } from '../archive/variants.ts';
import type { Risk, StrategyKind } from './strategies.ts';

/** One thing done so that a cycle is none any more. All numbers are units and places of one `UnitGraph`. */
export interface Break {
  /** `none`: nothing opens the cycle. */
  readonly strategy: StrategyKind | 'none';
  /** The unit that is built otherwise than its source says: the one that would have waited. */
  readonly unit: number;
  /** Its build dependencies concerned: places in its row of `unitClauses`, ascending; -1: what every chroot holds. */
  readonly places: readonly number[];
  /** The units that it no longer waits for because of this break, ascending. */
  readonly needs: readonly number[];
  readonly cost: number;
  readonly risk: Risk;
  /** The build profile that is set for the unit, for `profile` and `staged-build`. */
  readonly profile?: string;
}

/** Builds done otherwise that open cycles, and the universe that their breaks' numbers are of. */
export interface Opened {
  readonly breaks: readonly Break[];
  readonly universe: Universe;
}

type Way = Pick<Break, 'strategy' | 'profile'>;

/** Whether a unit gets a first build on its own architecture. */
export function isFirstBuild<T extends Way>(own: T): own is T & { readonly profile: string } {
  return own.strategy === 'staged-build' && own.profile !== undefined;
}

/** Whether a unit is built with what another one's first build makes. */
export function isFirstBuildUse({ strategy, profile }: Way): boolean {
  return strategy === 'staged-build' && profile === undefined;
}

/** By which strategy a unit gets a first build of this stage. */
export function strategyOfStage(stage: Stage): 'cross-build' | 'staged-build' {
  return stage === 'cross' ? 'cross-build' : 'staged-build';
}
