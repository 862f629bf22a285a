import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import type { Break } from './break.ts';
import { describeBreaks } from './describe-breaks.ts';
import { findKnots, honouredEdges } from './find-cycles.ts';
import { poseBreaks, type BreakRules } from './pose-breaks.ts';
import { putBack } from './put-back.ts';
import { clauseWalkerOf } from './relation-needs.ts';
import { solveBreaks } from './solve-breaks.ts';

export interface Cut {
  /** 0: the edge is not honoured; one cell an edge of `graph.needs`. */
  readonly isKept: Uint8Array;
  /** The edges cut to open cycles, ascending. Edges to later layers are not among them: they are never honoured. */
  readonly cutEdges: readonly number[];
  /** What was decided for each component, in the order of their lowest members. */
  readonly components: readonly ComponentCut[];
}

/** How one strongly connected component is opened. */
export interface ComponentCut {
  /** Ascending. */
  readonly members: Int32Array;
  /** Sorted by unit, then strategy. */
  readonly breaks: readonly Break[];
  /** The sum of the breaks' costs. */
  readonly cost: number;
  /** Nothing that opens the component costs less. */
  readonly lowerBound: number;
}

/**
 * Gives up waits until no cycle is left, at the least cost that is found; then every edge that makes no cycle is honoured
 * again. What `rules` allow beside giving up edges, such as a build profile, is in the breaks of the components: it takes a
 * graph of units that are built so to follow it.
 * @param graph without cycles of hard edges
 */
export function breakCycles(graph: UnitGraph, rules: BreakRules): Cut {
  const isKept = honouredEdges(graph);
  const cutEdges: number[] = [];
  const walker = clauseWalkerOf(graph);
  const components = findKnots(graph, isKept).map((members): ComponentCut => {
    const posed = poseBreaks(graph, members, rules, walker);
    const solution = solveBreaks(posed.problem);
    cutEdges.push(...cutComponent(graph, members, solution.place, isKept));
    const breaks = describeBreaks(graph, posed, solution, isKept);
    const cost = breaks.reduce((sum, own) => sum + own.cost, 0);
    return { members, breaks, cost, lowerBound: Math.min(cost, solution.lowerBound) };
  });
  return { isKept, cutEdges: cutEdges.sort((a, b) => a - b), components };
}

/**
 * Cuts the edges of a component that an order doesn't honour, but for those that make no cycle all the same.
 * @param place a permutation of the members
 * @returns the edges that stay cut
 */
function cutComponent(
  graph: UnitGraph,
  members: Int32Array,
  place: Int32Array,
  isKept: Uint8Array,
): readonly number[] {
  const memberOf = new Map<number, number>();
  members.forEach((unit, member) => memberOf.set(unit, member));
  const inner: { readonly edge: number; readonly from: number; readonly to: number }[] = [];
  members.forEach((unit, from) => {
    for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
      const to = memberOf.get(at(graph.needs.target, edge));
      if (isKept[edge] === 1 && to !== undefined) inner.push({ edge, from, to });
    }
  });
  const kept = Uint8Array.from(inner, ({ from, to }) => Number(at(place, to) < at(place, from)));
  putBack(members.length, {
    from: Int32Array.from(inner, ({ from }) => from),
    to: Int32Array.from(inner, ({ to }) => to),
    isKept: kept,
  });
  const cut = inner.filter((_, index) => kept[index] === 0).map(({ edge }) => edge);
  for (const edge of cut) isKept[edge] = 0;
  return cut;
}
