import { buildGroup, describeNode } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Location } from '../base/diagnostic.ts';
import { locateGroup } from '../parse/relation-field.ts';
import { formatAlternatives } from '../debian/relation.ts';
import { InstallSetWalker } from '../resolve/install-set.ts';
import { builtBy, clauseFlags, HARD, LATER, type UnitGraph } from './unit-graph.ts';

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
  /** For a soft reason: a binary that exists and serves instead, with its version. */
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

  constructor(graph: UnitGraph) {
    this.#graph = graph;
    this.#walker = new InstallSetWalker(graph.universe, graph.installability);
  }

  /**
   * The reason of every edge of a unit, by the unit waited for (itself included, if it needs itself). Of several reasons
   * the strongest counts, then the one with the shortest chain. O(install set)
   */
  explainNeeds(unit: number): ReadonlyMap<number, Reason> {
    const reasons = new Map<number, Reason>();
    this.#collect(unit, this.#walker.walkUnit(unit), reasons);
    const context = at(this.#graph.universe.unitContext, unit);
    if (!this.#isExplained(unit, reasons) || this.#graph.needsItself[unit] === 1) {
      this.#collect(-1, this.#walker.walkImplicit(context), reasons);
    }
    return reasons;
  }

  /** Whether each edge has a reason as strong as itself; where not, what every chroot holds is the reason. */
  #isExplained(unit: number, reasons: ReadonlyMap<number, Reason>): boolean {
    const { needs, edgeFlags } = this.#graph;
    for (let edge = edgesFrom(needs, unit); edge < edgesTo(needs, unit); edge++) {
      const reason = reasons.get(at(needs.target, edge));
      const isHard = (at(edgeFlags, edge) & HARD) !== 0;
      if (reason === undefined || (isHard && reason.strength === 'soft')) return false;
    }
    return true;
  }

  #collect(unit: number, count: number, reasons: Map<number, Reason>): void {
    const { universe, installability, depth } = this.#graph;
    for (let place = 0; place < count; place++) {
      const clause = at(this.#walker.clauses, place);
      const isDirect = this.#walker.parent[clause] === -1;
      if (!isDirect && depth === 'direct' && unit >= 0) break;
      const node = at(this.#walker.chosen, clause);
      if (node < 0) continue;
      const need = builtBy(universe, installability, node);
      if (need < 0) continue;
      const flags = clauseFlags(universe, installability, clause, node, isDirect);
      const known = reasons.get(need);
      if (known !== undefined && (known.strength === 'hard' || (flags & HARD) === 0)) continue;
      if (unit < 0 && (flags & HARD) === 0) continue;
      reasons.set(need, this.#reason(unit, clause, flags));
    }
  }

  #reason(unit: number, last: number, flags: number): Reason {
    const { universe } = this.#graph;
    const chain: ChainLink[] = [];
    let clause = last;
    for (;;) {
      const alternatives = at(universe.clauses.alternatives, clause);
      const node = at(this.#walker.chosen, clause);
      chain.unshift({ binary: at(universe.nodes.name, node), relation: formatAlternatives(alternatives) });
      const parent = at(this.#walker.parent, clause);
      if (parent === -1) break;
      clause = parent;
    }
    return {
      ...this.#origin(unit, clause),
      chain,
      strength: (flags & HARD) === 0 ? 'soft' : 'hard',
      isLater: (flags & LATER) !== 0,
      servedBy: (flags & HARD) === 0 ? this.#serving(last) : undefined,
    };
  }

  #origin(unit: number, clause: number): Pick<Reason, 'field' | 'relation' | 'location'> {
    const { universe } = this.#graph;
    if (unit < 0) {
      const relation = formatAlternatives(at(universe.clauses.alternatives, clause));
      return { field: 'Essential', relation, location: undefined };
    }
    const { unitClauses, unitClauseGroup } = universe;
    for (let edge = edgesFrom(unitClauses, unit); edge < edgesTo(unitClauses, unit); edge++) {
      if (unitClauses.target[edge] !== clause) continue;
      const { field, index, group } = buildGroup(at(universe.units, unit), at(unitClauseGroup, edge));
      return { field: field.name, relation: formatAlternatives(group), location: locateGroup(field, index) };
    }
    throw new Error(`BUG: unit ${String(unit)} has no clause ${String(clause)}`);
  }

  #serving(clause: number): string | undefined {
    const { universe, installability } = this.#graph;
    const { candidates } = universe.clauses;
    for (let edge = edgesFrom(candidates, clause); edge < edgesTo(candidates, clause); edge++) {
      const node = at(candidates.target, edge);
      if (installability.nodeServes[node] === 1) return describeNode(universe, node);
    }
    return undefined;
  }
}

/** A reason as one line: `Build-Depends: libfoo-dev (>= 2); libfoo-dev depends on libbar1`. */
export function formatReason(reason: Reason): string {
  const steps = reason.chain.slice(1).map((link, index) => {
    const needing = at(reason.chain, index).binary;
    return `${needing} depends on ${link.relation}`;
  });
  return [`${reason.field}: ${reason.relation}`, ...steps].join('; ');
}
