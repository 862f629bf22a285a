import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import { formatAlternatives } from '../debian/relation.ts';
import { InstallSetWalker } from '../resolve/install-set-walker.ts';
import { droppingProfiles } from './dropping-profiles.ts';
import { servingNode } from './explain.ts';
import type { Way } from './find-ways.ts';
import { builtBy, type UnitGraph } from './unit-graph.ts';

/**
 * What would remove one reason to wait; other reasons may stay. `profile`: with this build profile the build dependency
 * falls away. `existing`: a binary that exists already serves one relation on the way. `alternative`: another package
 * satisfies one relation on the way and can be installed without anything that the unit waited for builds.
 */
export type Remedy =
  | { readonly kind: 'profile'; readonly profile: string }
  | {
      readonly kind: 'existing';
      readonly binary: string;
      readonly version?: string;
      /** The relation that it serves. */
      readonly relation: string;
    }
  | {
      readonly kind: 'alternative';
      readonly binary: string;
      readonly version?: string;
      /** The relation that it satisfies. */
      readonly relation: string;
      /** The key of the unit that builds it; missing where it exists. */
      readonly builtBy?: string;
    };

/** A binary as people read it: `libfoo1 1.2-1`. */
export function nameOf({ binary, version }: { readonly binary: string; readonly version?: string }): string {
  return version === undefined ? binary : `${binary} ${version}`;
}

/** A relation, and what it is met with. */
interface Taken {
  readonly clause: number;
  readonly node: number;
}

/** Looks for what would remove reasons to wait. One finder serves many: it keeps the columns of its walker. */
export class RemedyFinder {
  readonly #graph: UnitGraph;
  /** Walks what a node pulls in, as if its relations were build dependencies. */
  readonly #walker: InstallSetWalker;

  constructor(graph: UnitGraph) {
    this.#graph = graph;
    const { universe, installability, chosen } = graph;
    const nodesAsUnits = { ...universe, unitClauses: universe.nodeClauses };
    this.#walker = new InstallSetWalker(nodesAsUnits, installability, chosen);
  }

  /**
   * What would remove the reason that a way is; empty: nothing.
   * @param need the unit that the way leads to
   */
  find(unit: number, need: number, way: Way): readonly Remedy[] {
    const served = this.#served(way);
    const profiles = way.place === -1 ? [] : droppingProfiles(this.#graph.universe, unit, way.place);
    return [
      ...profiles.map((profile): Remedy => ({ kind: 'profile', profile })),
      ...(served === undefined ? [] : [{ kind: 'existing', ...this.#describe(served) } as const]),
      ...this.#alternatives(need, way, served),
    ];
  }

  /** The existing binary that serves nearest to the end of the way. */
  #served({ clauses, strength }: Way): Taken | undefined {
    const { universe, installability } = this.#graph;
    if (strength === 'hard') return undefined;
    const clause = clauses.findLast((open) => installability.clauseExists[open] === 1);
    const node = clause === undefined ? undefined : servingNode(universe, installability, clause);
    return clause === undefined || node === undefined ? undefined : { clause, node };
  }

  /** For each relation on the way the preferred other package that gets along without the unit waited for. */
  #alternatives(need: number, { clauses }: Way, served: Taken | undefined): readonly Remedy[] {
    const { universe, installability, chosen } = this.#graph;
    const { nodes } = universe;
    return clauses.flatMap((clause): readonly Remedy[] => {
      const taken = nodes.name[at(chosen, clause)];
      const node = row(universe.clauses.candidates, clause).find(
        (other) =>
          nodes.name[other] !== taken &&
          installability.nodeLost[other] === 0 &&
          nodes.later[other] === 0 &&
          this.#isFreeOf(other, need),
      );
      if (node === undefined || (served?.clause === clause && served.node === node)) return [];
      const builder = nodes.exists[node] === 1 ? -1 : builtBy(universe, installability, node);
      const by = builder < 0 ? {} : { builtBy: at(universe.units, builder).key };
      return [{ kind: 'alternative', ...this.#describe({ clause, node }), ...by }];
    });
  }

  /** Whether neither the node nor anything that it pulls in is built by a unit. */
  #isFreeOf(node: number, need: number): boolean {
    const { universe, installability, chosen } = this.#graph;
    if (builtBy(universe, installability, node) === need) return false;
    const count = this.#walker.walkUnit(node);
    for (const clause of this.#walker.clauses.subarray(0, count)) {
      if (builtBy(universe, installability, at(chosen, clause)) === need) return false;
    }
    return true;
  }

  #describe({ clause, node }: Taken): { binary: string; version?: string; relation: string } {
    const { nodes, clauses } = this.#graph.universe;
    const version = nodes.version[node];
    return {
      binary: at(nodes.name, node),
      ...(version === undefined ? {} : { version }),
      relation: formatAlternatives(at(clauses.alternatives, clause)),
    };
  }
}
