import { at } from '../base/column.ts';
import { row, type Csr } from '../base/csr.ts';
import { InstallSetWalker } from '../resolve/install-set-walker.ts';
import type { Strength } from './explain.ts';
import { builtBy, standInFor, type UnitGraph } from './unit-graph.ts';

/** How one relation that a unit's build starts from leads to a binary that another unit builds. */
export interface Way {
  /** Place of the build dependency in the unit's row of `unitClauses`; -1: something that every chroot holds. */
  readonly place: number;
  /** From the build dependency to the relation that the other unit's binary is taken for. */
  readonly clauses: readonly number[];
  readonly strength: Strength;
  /** The binary belongs to a later layer. */
  readonly isLater: boolean;
}

/**
 * Every relation that makes one unit wait for another, with its shortest way: hard ones first, then those that are not of
 * a later layer, then build dependencies before what every chroot holds, then the shorter, then by the order of the
 * fields. A way is hard where nothing on it can be met by what exists. The first is the reason of the edge.
 * @returns nothing where there is no edge. O(relations × install set)
 */
export function findWays(graph: UnitGraph, unit: number, need: number): readonly Way[] {
  const { universe, installability, chosen } = graph;
  const { unitClauses, implicitClauses, unitContext } = universe;
  const own = row(unitClauses, unit);
  const roots = Int32Array.of(...own, ...row(implicitClauses, at(unitContext, unit)));
  const walker = new InstallSetWalker({ ...universe, unitClauses: oneEach(roots) }, installability, chosen);
  const ways: Way[] = [];
  for (let root = 0; root < roots.length; root++) {
    const isOwn = root < own.length;
    const way = hardWay(graph, walker, root, need, isOwn) ?? softWay(graph, walker, root, need, isOwn);
    if (way !== undefined) ways.push({ place: isOwn ? root : -1, ...way });
  }
  return ways.sort(
    (a, b) =>
      Number(a.strength === 'soft') - Number(b.strength === 'soft') ||
      Number(a.isLater) - Number(b.isLater) ||
      Number(a.place === -1) - Number(b.place === -1) ||
      a.clauses.length - b.clauses.length,
  );
}

type Found = Omit<Way, 'place'>;

/** Each root in a row of its own, so that it is walked alone. */
function oneEach(roots: Int32Array): Csr {
  return { offset: Int32Array.from({ length: roots.length + 1 }, (_, index) => index), target: roots };
}

function hardWay(
  graph: UnitGraph,
  walker: InstallSetWalker,
  root: number,
  need: number,
  isOwn: boolean,
): Found | undefined {
  const count = walker.walkUnit(root, true);
  const seen = isOwn && graph.depth === 'direct' ? Math.min(count, 1) : count;
  for (const strength of ['hard', 'soft'] as const) {
    const last = firstBuiltBy(graph, walker, seen, need, { isLater: false, strength });
    if (last !== -1) return { clauses: wayTo(walker, last), strength, isLater: false };
  }
  return undefined;
}

function softWay(
  graph: UnitGraph,
  walker: InstallSetWalker,
  root: number,
  need: number,
  isOwn: boolean,
): Found | undefined {
  if (!isOwn && !graph.waitsForImplicit) return undefined;
  const count = walker.walkUnit(root);
  const seen = graph.depth === 'direct' ? Math.min(count, 1) : count;
  for (const isLater of [false, true]) {
    const last = firstBuiltBy(graph, walker, seen, need, { isLater, strength: 'soft' });
    if (last !== -1) return { clauses: wayTo(walker, last), strength: 'soft', isLater };
  }
  return undefined;
}

/**
 * The first clause of the walk that takes what a unit builds; -1: none does. What another unit's build may stand in for is
 * no hard need.
 */
function firstBuiltBy(
  { universe, installability }: UnitGraph,
  walker: InstallSetWalker,
  count: number,
  need: number,
  { isLater, strength }: Pick<Way, 'isLater' | 'strength'>,
): number {
  for (const clause of walker.clauses.subarray(0, count)) {
    const node = at(walker.chosen, clause);
    if (node < 0 || (universe.nodes.later[node] === 1) !== isLater) continue;
    const standIn = standInFor(universe, installability, node);
    if (standIn === need) return clause;
    if (builtBy(universe, installability, node) !== need) continue;
    if (strength === 'soft' || standIn === -1) return clause;
  }
  return -1;
}

function wayTo(walker: InstallSetWalker, last: number): readonly number[] {
  const way: number[] = [];
  for (let clause = last; clause !== -1; clause = at(walker.parent, clause)) way.push(clause);
  return way.reverse();
}
