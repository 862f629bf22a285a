import type { Location } from '../../base/diagnostic.ts';
import type { Strength } from '../../graph/explain.ts';
import type { Remedy } from '../../graph/remedies.ts';
import type { WhyLink } from '../../graph/why-reason.ts';
import type { Break } from '../break.ts';
import type { ServingBinary, Stale } from '../existing-binaries.ts';
import type { Risk } from '../strategies.ts';

export const CYCLES_SCHEMA = 'debplan/cycles@1';

/** What `debplan cycles --json` prints: what waits for itself, and how that is resolved. */
export interface CyclesDocument {
  readonly schema: typeof CYCLES_SCHEMA;
  /** Every file that was read, sorted by name. */
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
  /** Those with cycles of hard edges first, of them those without a way out; then the larger ones, then by their units. */
  readonly components: readonly CyclesComponent[];
}

/** Units of which each waits for each, at whatever distance; or one that needs itself. */
export interface CyclesComponent {
  /** Keys, sorted. */
  readonly units: readonly string[];
  /** Of the units, sorted. */
  readonly architectures: readonly string[];
  /** Missing where they are of several, or of none. */
  readonly layer?: string;
  readonly buildType?: string;
  /** Whether some cycle has hard edges alone: no binary that exists opens it. */
  readonly isHard: boolean;
  /** Keys of the units on such cycles, sorted. */
  readonly hardUnits: readonly string[];
  /** How many waits there are among the units; a unit's for itself counts. */
  readonly edgeCount: number;
  /** The short ones that explain the component: hard ones first, then the shorter. */
  readonly cycles: readonly CyclesCycle[];
  readonly leftOut: CyclesLeftOut;
  /** What is done so that no cycle is left; least cost in all. Sorted by unit. */
  readonly breaks: readonly CyclesBreak[];
  /** The sum of the breaks' costs; null: some cycle stays closed, its units are left out of a plan. */
  readonly cost: number | null;
  /** Nothing that opens all cycles but the closed ones costs less. */
  readonly lowerBound: number;
  /** Whether no cheaper way exists. */
  readonly isOptimal: boolean;
}

export interface CyclesCycle {
  /** All edges are hard. */
  readonly isHard: boolean;
  /** Each leads to where the next one starts, the last to where the first one does. */
  readonly edges: readonly CyclesEdge[];
}

/** `from` waits for `to`; the strongest reason of several. */
export interface CyclesEdge {
  readonly from: string;
  readonly to: string;
  readonly strength: Strength;
  /** `Build-Depends`, `-Arch`, `-Indep`; `Essential` for what every chroot holds. */
  readonly field: string;
  /** As written. */
  readonly relation: string;
  readonly location?: Location;
  /** From the binary that satisfies `relation` to the one that `to` builds, each with where its relation stands. */
  readonly chain: readonly WhyLink[];
  /** For a soft edge: the existing binary that serves. */
  readonly servedBy?: string;
  /** How many build dependencies of `from` lead to `to`. */
  readonly reasonCount: number;
  /** What would remove this reason: build profiles, existing binaries, other packages. */
  readonly remedies: readonly Remedy[];
}

/** What the list of cycles does not hold. */
export interface CyclesLeftOut {
  /** How many elementary cycles are not listed; exact, or at least so many. */
  readonly cycles: number;
  readonly isExact: boolean;
  /** How many cycles of each length there are, listed or not; longer ones were not counted unless `isExact`. */
  readonly countOfLength: readonly { readonly length: number; readonly count: number }[];
  /** How many units are on no cycle listed. */
  readonly units: number;
}

/** One thing done, or one that could be done instead. */
export interface CyclesChange {
  readonly strategy: Break['strategy'];
  /** What is built otherwise. */
  readonly unit: string;
  /** For a profile or a staged build. */
  readonly profile?: string;
  /** The build dependencies concerned as one text; missing where it is not about relations. */
  readonly relation?: string;
  readonly relations: readonly CyclesRelation[];
  /** The waits given up. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** In no unit; null: at no price. */
  readonly cost: number | null;
  readonly risk: Risk;
  /** Existing binaries that are used instead of those built later. */
  readonly servedBy: readonly ServingBinary[];
  /** Those that are older than what the plan builds: the unit should be built again if it links against one. */
  readonly stale: readonly Stale[];
}

export interface CyclesBreak extends CyclesChange {
  /** Each would do as well while all other breaks stay; the cheapest first. */
  readonly alternatives: readonly CyclesChange[];
}

export interface CyclesRelation {
  readonly field: string;
  /** As written. */
  readonly relation: string;
  readonly location?: Location;
}
