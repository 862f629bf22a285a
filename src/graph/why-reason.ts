import { at } from '../base/column.ts';
import { formatAlternatives } from '../debian/relation.ts';
import type { ChainLink, Reason } from './explain.ts';
import { findWays, type Way } from './find-ways.ts';
import { locateLink, type LinkPlace } from '../resolve/locate-link.ts';
import { dependencyAt } from '../resolve/origin.ts';
import { nameOf, RemedyFinder, type Remedy } from './remedies.ts';
import type { UnitGraph } from './unit-graph.ts';

/** A reason in full: also where each run-time relation stands, and what would remove it. */
export interface WhyReason extends Reason {
  readonly chain: readonly WhyLink[];
  /** Build profiles, then the existing binary, then other packages, from the build dependency on; empty: nothing. */
  readonly remedies: readonly Remedy[];
}

/** The first link has the build dependency for its relation, whose place the reason tells. */
export interface WhyLink extends ChainLink, Partial<LinkPlace> {}

/** Tells why units wait for others, in full: for a few edges, not for all. */
export class ReasonTeller {
  readonly #graph: UnitGraph;
  readonly #remedies: RemedyFinder;

  constructor(graph: UnitGraph) {
    this.#graph = graph;
    this.#remedies = new RemedyFinder(graph);
  }

  /**
   * Every reason of an edge, the strongest first (see `findWays`), at least one.
   * @param limit how many are put into words
   */
  tell(
    unit: number,
    need: number,
    limit: number,
  ): { readonly count: number; readonly reasons: readonly [WhyReason, ...WhyReason[]] } {
    const ways = findWays(this.#graph, unit, need);
    const [first, ...others] = ways.slice(0, limit).map((way) => this.#describe(unit, need, way));
    if (first === undefined) {
      throw new Error(`BUG: no reason why unit ${String(unit)} waits for ${String(need)}`);
    }
    return { count: ways.length, reasons: [first, ...others] };
  }

  #describe(unit: number, need: number, way: Way): WhyReason {
    const remedies = this.#remedies.find(unit, need, way);
    const served = remedies.find((remedy) => remedy.kind === 'existing');
    return {
      ...this.#origin(unit, way),
      chain: way.clauses.map((_, index) => this.#link(way.clauses, index)),
      strength: way.strength,
      isLater: way.isLater,
      servedBy: served === undefined ? undefined : nameOf(served),
      remedies,
    };
  }

  #origin(unit: number, { place, clauses }: Way): Pick<Reason, 'field' | 'relation' | 'location'> {
    const { universe } = this.#graph;
    if (place === -1) {
      const relation = formatAlternatives(at(universe.clauses.alternatives, at(clauses, 0)));
      return { field: 'Essential', relation, location: undefined };
    }
    return dependencyAt(universe, unit, place);
  }

  #link(clauses: readonly number[], index: number): WhyLink {
    const { universe, chosen } = this.#graph;
    const clause = at(clauses, index);
    const link = {
      binary: at(universe.nodes.name, at(chosen, clause)),
      relation: formatAlternatives(at(universe.clauses.alternatives, clause)),
    };
    if (index === 0) return link;
    return { ...link, ...locateLink(universe, at(chosen, at(clauses, index - 1)), clause) };
  }
}
