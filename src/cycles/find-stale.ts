import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { edgesFrom, row } from '../base/csr.ts';
import { compareVersions } from '../debian/version.ts';
import { builtBy, type UnitGraph } from '../graph/unit-graph.ts';
import { clauseWalker, type InstallSetWalker } from '../resolve/install-set-walker.ts';
import type { Break } from './break.ts';

/** A binary that a unit is built with in an older version than the plan builds. */
export interface Stale {
  readonly binary: string;
  readonly existingVersion: string;
  readonly plannedVersion: string;
}

/** Finds what breaks let units be built with that the plan builds anew: they then link against the older version. */
export class StaleFinder {
  readonly #graph: UnitGraph;
  readonly #walker: InstallSetWalker;

  constructor(graph: UnitGraph) {
    const { universe, installability, chosen } = graph;
    this.#graph = graph;
    this.#walker = clauseWalker(universe, installability, chosen);
  }

  /** Sorted by name; what is rebuilt in the same version does not count. O(install set) */
  find({ strategy, unit, places, needs }: Break): readonly Stale[] {
    if (strategy !== 'existing-binary') return [];
    const { unitClauses, implicitClauses, unitContext } = this.#graph.universe;
    const start = edgesFrom(unitClauses, unit);
    const found = new Map<string, Stale>();
    for (const place of places) {
      const roots =
        place === -1 ? row(implicitClauses, at(unitContext, unit)) : [at(unitClauses.target, start + place)];
      for (const root of roots) this.#collect(root, needs, found);
    }
    return [...found.values()].sort((a, b) => compareText(a.binary, b.binary));
  }

  #collect(root: number, needs: readonly number[], found: Map<string, Stale>): void {
    const { universe, installability, chosen } = this.#graph;
    const { nodes } = universe;
    for (const clause of this.#walker.clauses.subarray(0, this.#walker.walkUnit(root))) {
      const node = at(chosen, clause);
      if (node < 0 || nodes.exists[node] === 1) continue;
      if (!needs.includes(builtBy(universe, installability, node))) continue;
      const stale = this.#compare(clause, node);
      if (stale !== undefined) found.set(stale.binary, stale);
    }
  }

  /** What exists of a binary that is to be built, if that is older. */
  #compare(clause: number, node: number): Stale | undefined {
    const { universe, installability } = this.#graph;
    const { nodes, clauses } = universe;
    const binary = at(nodes.name, node);
    const served = row(clauses.candidates, clause).find(
      (other) => nodes.name[other] === binary && installability.nodeServes[other] === 1,
    );
    const planned = nodes.version[node];
    const existing = served === undefined ? undefined : nodes.version[served];
    if (planned === undefined || existing === undefined || compareVersions(existing, planned) >= 0)
      return undefined;
    return { binary, existingVersion: existing, plannedVersion: planned };
  }
}
