import { at } from '../base/column.ts';
import { edgesFrom } from '../base/csr.ts';
import { servingNode } from '../graph/explain.ts';
import { builtBy, type UnitGraph } from '../graph/unit-graph.ts';
import { clauseWalker, type InstallSetWalker } from '../resolve/install-set-walker.ts';
import type { Break } from './break.ts';

/** A binary that exists and is taken instead of one that the plan builds later. */
export interface ServingBinary {
  readonly binary: string;
  /** Missing where no input tells. */
  readonly version?: string;
}

/** Tells which existing binaries a unit is built with when it doesn't wait. It keeps the columns of its walker. */
export class ServerFinder {
  readonly #graph: UnitGraph;
  /** Walks what single relations pull in: row `clause` is that clause alone. */
  readonly #walker: InstallSetWalker;

  constructor(graph: UnitGraph) {
    const { universe, installability, chosen } = graph;
    this.#graph = graph;
    this.#walker = clauseWalker(universe, installability, chosen);
  }

  /**
   * For each unit that is not waited for, the existing binary nearest to what that unit builds; each binary once, sorted
   * by name. O(install sets of the relations)
   */
  find({ unit, places, needs }: Pick<Break, 'unit' | 'places' | 'needs'>): readonly ServingBinary[] {
    const wanted = new Set(needs);
    const found = new Map<string, ServingBinary>();
    for (const place of places) {
      const missing = new Set(wanted);
      const count = this.#walk(unit, place);
      for (const clause of this.#walker.clauses.subarray(0, count)) {
        const node = at(this.#walker.chosen, clause);
        const need = node < 0 ? -1 : builtBy(this.#graph.universe, this.#graph.installability, node);
        if (!missing.delete(need)) continue;
        const serving = this.#servingOn(clause);
        if (serving !== undefined) found.set(serving.binary, serving);
      }
    }
    return [...found.values()].sort((a, b) => (a.binary < b.binary ? -1 : 1));
  }

  #walk(unit: number, place: number): number {
    const { unitClauses, unitContext } = this.#graph.universe;
    if (place === -1) return this.#walker.walkImplicit(at(unitContext, unit));
    return this.#walker.walkUnit(at(unitClauses.target, edgesFrom(unitClauses, unit) + place));
  }

  /** What serves nearest to the end of the way that the last walk took to a clause. */
  #servingOn(last: number): ServingBinary | undefined {
    const { universe, installability } = this.#graph;
    for (let clause = last; clause !== -1; clause = at(this.#walker.parent, clause)) {
      if (installability.clauseExists[clause] === 0) continue;
      const node = servingNode(universe, installability, clause);
      if (node === undefined) continue;
      const own = universe.nodes.version[node];
      return { binary: at(universe.nodes.name, node), ...(own === undefined ? {} : { version: own }) };
    }
    return undefined;
  }
}
