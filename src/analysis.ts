import type { Reading } from './archive/context.ts';
import type { NotForArch, Unit } from './archive/unit.ts';
import type { Implicit, Universe } from './archive/universe.ts';
import type { Variants } from './archive/variants.ts';
import type { BreakCosts } from './cycles/break-costs.ts';
import type { BuildKind } from './debian/target.ts';
import type { Depth } from './graph/unit-graph.ts';
import type { Opening } from './open-cycles.ts';
import type { Settlement, Uncut } from './settle.ts';

/** What decides about the graph of a run, resolved: nothing is optional. */
export interface AnalyseOptions {
  /** Debian architectures to plan for, at least one, sorted. */
  readonly architectures: readonly string[];
  /** The one of them that builds `Architecture: all`. */
  readonly allOn: string;
  /** Active build profiles, sorted. */
  readonly profiles: readonly string[];
  readonly depth: Depth;
  readonly alternatives: 'any' | 'first';
  readonly reading: Reading;
  /** What is built of each source. */
  readonly kind: BuildKind;
  /** The architecture that the builds run on, for cross builds; undefined: each builds for itself. */
  readonly buildArch: string | undefined;
  /** What must be installable in every build chroot. */
  readonly implicit: readonly Implicit[];
  /** Whether a unit waits for these as if it named them; else only for those of them that don't exist yet. */
  readonly waitsForImplicit: boolean;
  /** What opening cycles costs. */
  readonly breakCosts: BreakCosts;
  /** Multiplies the cost of building a unit without waiting for another: an order that the user would rather have. */
  readonly reluctance: ((unit: Unit, need: Unit) => number) | undefined;
  /** Whether what is built against a first build is built again after the full one. */
  readonly rebuildAfterStage: boolean;
  /** Whether what is built against an older version than the plan builds is built again at the end. */
  readonly rebuildStale: boolean;
  /** Layers, earliest first; empty: StarlingX's. */
  readonly layers: readonly string[];
  /** Sources to plan, as `NAME` or `NAME=VERSION`; empty: all. */
  readonly select: readonly string[];
  /** Also plan what the selected ones wait for, so many steps away; 0: no, Infinity: all. */
  readonly buildDepsDepth: number;
  /** Also plan what waits for the selected ones, so many steps away. */
  readonly dependentsDepth: number;
}

/** The graph of a run, with and without what has to be left out. */
export interface Analysis extends Settlement {
  readonly universe: Universe;
  readonly notForArch: readonly NotForArch[];
  /** What is built otherwise than the options say, so that cycles are none. */
  readonly variants: Variants;
  /** Why; each in the numbers of a universe of its own. */
  readonly openings: readonly Opening[];
  /** What the graph was before anything was built otherwise. */
  readonly plain: Uncut & { readonly universe: Universe };
}
