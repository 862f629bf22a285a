import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { edgesFrom, row } from '../base/csr.ts';
import { compareVersions } from '../debian/version.ts';
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

/** A binary that a unit is built with in an older version than the plan builds. */
export interface Stale {
  readonly binary: string;
  readonly existingVersion: string;
  readonly plannedVersion: string;
}

/** A clause of which a unit that is not waited for builds what it chose. */
interface Met {
  readonly clause: number;
  readonly node: number;
  /** That unit. */
  readonly need: number;
}

/** Tells which existing binaries a unit is built with when it doesn't wait. It keeps the columns of its walker. */
export class ExistingFinder {
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
  findServing({ unit, places, needs }: Pick<Break, 'unit' | 'places' | 'needs'>): readonly ServingBinary[] {
    const found = new Map<string, ServingBinary>();
    for (const place of places) {
      const missing = new Set(needs);
      for (const { clause, need } of this.#meet(unit, place, needs)) {
        if (!missing.delete(need)) continue;
        const serving = this.#servingOn(clause);
        if (serving !== undefined) found.set(serving.binary, serving);
      }
    }
    return sortByName(found);
  }

  /**
   * What the unit is built with that the plan builds anew: it then links against the older version. Sorted by name; what is
   * rebuilt in the same version does not count. O(install sets of the relations)
   */
  findStale(own: Break): readonly Stale[] {
    const found = new Map<string, Stale>();
    for (const { stale } of this.#collectStale(own)) found.set(stale.binary, stale);
    return sortByName(found);
  }

  /** The same for each of the units that build the newer versions; only those of which something is stale. */
  findStaleByNeed(own: Break): ReadonlyMap<number, readonly Stale[]> {
    const found = new Map<number, Map<string, Stale>>();
    for (const { need, stale } of this.#collectStale(own)) {
      const known = found.get(need) ?? new Map<string, Stale>();
      found.set(need, known.set(stale.binary, stale));
    }
    return new Map([...found].map(([need, stales]) => [need, sortByName(stales)]));
  }

  #collectStale({ strategy, unit, places, needs }: Break): readonly { need: number; stale: Stale }[] {
    if (strategy !== 'existing-binary') return [];
    const { exists } = this.#graph.universe.nodes;
    return places.flatMap((place) =>
      this.#meet(unit, place, needs).flatMap(({ clause, node, need }) => {
        const stale = exists[node] === 1 ? undefined : this.#compare(clause, node);
        return stale === undefined ? [] : [{ need, stale }];
      }),
    );
  }

  /** What leads from a build dependency to the units that are not waited for, the nearest first. */
  #meet(unit: number, place: number, needs: readonly number[]): readonly Met[] {
    const { universe, installability } = this.#graph;
    const wanted = new Set(needs);
    const met: Met[] = [];
    const count = this.#walk(unit, place);
    for (const clause of this.#walker.clauses.subarray(0, count)) {
      const node = at(this.#walker.chosen, clause);
      const need = node < 0 ? -1 : builtBy(universe, installability, node);
      if (wanted.has(need)) met.push({ clause, node, need });
    }
    return met;
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

function sortByName<T extends { readonly binary: string }>(found: ReadonlyMap<string, T>): readonly T[] {
  return [...found.values()].sort((a, b) => compareText(a.binary, b.binary));
}
