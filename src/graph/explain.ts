import { describeNode, type Universe } from '../archive/universe.ts';
import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import type { Location } from '../base/diagnostic.ts';
import { formatAlternatives } from '../debian/relation.ts';
import { InstallSetWalker } from '../resolve/install-set-walker.ts';
import type { Installability } from '../resolve/installability.ts';
import { findDependency } from '../resolve/origin.ts';
import { builtBy, standInFor, type UnitGraph } from './unit-graph.ts';

/** Why one unit waits for another: the build dependency, and the run-time relations that lead on from it. */
export interface Reason {
  /** `Build-Depends`, `-Arch`, `-Indep`; or `Essential` for what every chroot holds. */
  readonly field: string;
  /** The build dependency as written. */
  readonly relation: string;
  readonly location: Location | undefined;
  /** From the binary that satisfies `relation` to the binary that the other unit builds; one entry: that very one. */
  readonly chain: readonly ChainLink[];
  readonly strength: Strength;
  /** The other unit belongs to a later layer. */
  readonly isLater: boolean;
  /** For a soft reason: a binary that exists and opens the way, with its version: it serves one relation of the chain. */
  readonly servedBy: string | undefined;
}

export interface ChainLink {
  /** The binary package's name. */
  readonly binary: string;
  /** The relation that asked for it. */
  readonly relation: string;
}

export type Strength = 'hard' | 'soft';

/** Explains edges, one unit at a time. */
export class Explainer {
  readonly #graph: UnitGraph;
  readonly #walker: InstallSetWalker;
  /** Relations as text, by clause: many reasons go through the same. */
  readonly #texts: (string | undefined)[] = [];

  constructor(graph: UnitGraph) {
    this.#graph = graph;
    this.#walker = new InstallSetWalker(graph.universe, graph.installability, graph.chosen);
  }

  /**
   * The reason of every edge of a unit, by the unit waited for (itself included, if it needs itself). Of several reasons
   * the strongest counts, then a build dependency before what every chroot holds, then the shortest chain. O(install set)
   * @param isAsked which units waited for are explained; left out: all
   */
  explainNeeds(unit: number, isAsked: (need: number) => boolean = () => true): ReadonlyMap<number, Reason> {
    const reasons = new Map<number, Reason>();
    const context = int32At(this.#graph.universe.unitContext, unit);
    this.#collect(unit, this.#walker.walkUnit(unit, true), { isHard: true, isAsked }, reasons);
    this.#collect(-1, this.#walker.walkImplicit(context, true), { isHard: true, isAsked }, reasons);
    const count = this.#graph.waitsForImplicit ? this.#walker.walkChroot(unit) : this.#walker.walkUnit(unit);
    this.#collect(unit, count, { isHard: false, isAsked }, reasons);
    return reasons;
  }

  #collect(
    unit: number,
    count: number,
    { isHard, isAsked }: { readonly isHard: boolean; readonly isAsked: (need: number) => boolean },
    reasons: Map<number, Reason>,
  ): void {
    const { universe, installability, depth } = this.#graph;
    for (let place = 0; place < count; place++) {
      const clause = int32At(this.#walker.clauses, place);
      if (depth === 'direct' && unit >= 0 && this.#walker.parent[clause] !== -1) break;
      const node = int32At(this.#walker.chosen, clause);
      if (node < 0) continue;
      const need = builtBy(universe, installability, node);
      const isLater = universe.nodes.later[node] === 1;
      if (need < 0 || (isLater && isHard)) continue;
      const tell = (needed: number, strength: Strength): void => {
        const known = reasons.get(needed);
        const isStronger = known?.strength === 'soft' && strength === 'hard';
        // a need is of a later layer only if each of its reasons is
        if (known === undefined || isStronger || (known.isLater && !isLater)) {
          reasons.set(needed, this.#reason(unit, clause, strength, isLater));
        }
      };
      const standIn = standInFor(universe, installability, node);
      const isStoodInFor = standIn !== -1 && standIn !== unit;
      if (isStoodInFor && isAsked(standIn)) tell(standIn, isHard ? 'hard' : 'soft');
      if (isAsked(need)) tell(need, isHard && !isStoodInFor ? 'hard' : 'soft');
    }
  }

  #reason(unit: number, last: number, strength: Strength, isLater: boolean): Reason {
    const { universe, installability } = this.#graph;
    const chain: ChainLink[] = [];
    let first = last;
    let open = -1;
    for (let clause = last; clause !== -1; clause = int32At(this.#walker.parent, clause)) {
      first = clause;
      if (open === -1 && installability.clauseExists[clause] === 1) open = clause;
      const binary = at(universe.nodes.name, int32At(this.#walker.chosen, clause));
      chain.push({ binary, relation: this.#textOf(clause) });
    }
    chain.reverse();
    const { field, relation, location } = this.#origin(unit, first);
    const servedBy = strength === 'hard' || open === -1 ? undefined : this.#serving(open);
    return { field, relation, location, chain, strength, isLater, servedBy };
  }

  #textOf(clause: number): string {
    const text =
      this.#texts[clause] ?? formatAlternatives(at(this.#graph.universe.clauses.alternatives, clause));
    this.#texts[clause] = text;
    return text;
  }

  #origin(unit: number, clause: number): Pick<Reason, 'field' | 'relation' | 'location'> {
    const { universe } = this.#graph;
    const own = unit < 0 ? undefined : findDependency(universe, unit, clause);
    return own ?? { field: 'Essential', relation: this.#textOf(clause), location: undefined };
  }

  #serving(clause: number): string | undefined {
    const { universe, installability } = this.#graph;
    const node = servingNode(universe, installability, clause);
    return node === undefined ? undefined : describeNode(universe, node);
  }
}

/** The preferred node that satisfies a clause, exists, and can be installed with what exists already. */
export function servingNode(
  universe: Universe,
  installability: Installability,
  clause: number,
): number | undefined {
  return row(universe.clauses.candidates, clause).find((node) => installability.nodeServes[node] === 1);
}

/** A reason as one line: `Build-Depends: libfoo-dev (>= 2); libfoo-dev depends on libbar1`. */
export function formatReason(reason: Reason): string {
  const steps = reason.chain.slice(1).map((link, index) => {
    const needing = at(reason.chain, index).binary;
    return `${needing} depends on ${link.relation}`;
  });
  return [`${reason.field}: ${reason.relation}`, ...steps].join('; ');
}
