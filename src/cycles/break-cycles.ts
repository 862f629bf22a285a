import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, rowCount } from '../base/csr.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import type { Break } from './break.ts';
import {
  cutMemory,
  recallHints,
  rememberComponent,
  type ComponentMemory,
  type CutMemory,
} from './cut-memory.ts';
import { describeBreaks } from './describe-breaks.ts';
import { findKnots, honouredEdges } from './find-cycles.ts';
import { poseBreaks, type BreakRules } from './pose-breaks.ts';
import { putBack, type InnerEdges } from './put-back.ts';
import { clauseWalkerOf } from './relation-needs.ts';
import { DEFAULT_SOLVE_OPTIONS, solveBreaks } from './solve-breaks.ts';

export interface Cut {
  /** 0: the edge is not honoured; one cell an edge of `graph.needs`. */
  readonly isKept: Uint8Array;
  /** The edges cut to open cycles, ascending. Edges to later layers are not among them: they are never honoured. */
  readonly cutEdges: readonly number[];
  /** What was decided for each component, in the order of their lowest members. */
  readonly components: readonly ComponentCut[];
  /** For the cut of a graph much like this one. */
  readonly memory: CutMemory;
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
 * @param memory of another graph's cut: large components begin with what it knows, and take it as it is where nothing
 * has changed. The cut depends on it
 */
export function breakCycles(graph: UnitGraph, rules: BreakRules, memory?: CutMemory): Cut {
  const isKept = honouredEdges(graph);
  const cutEdges: number[] = [];
  const walker = clauseWalkerOf(graph);
  const known: ComponentMemory[] = [];
  const components = findKnots(graph, isKept).map((members): ComponentCut => {
    const posed = poseBreaks(graph, members, rules, walker);
    const hints = memory && recallHints(memory, graph, posed);
    const solution = solveBreaks(posed.problem, DEFAULT_SOLVE_OPTIONS, hints);
    known.push(rememberComponent(graph, posed, solution));
    // no spread: a component may have more edges than a call takes arguments
    for (const edge of cutComponent(graph, members, solution.place, isKept)) cutEdges.push(edge);
    const breaks = describeBreaks(graph, posed, solution, isKept);
    const cost = breaks.reduce((sum, own) => sum + own.cost, 0);
    return { members, breaks, cost, lowerBound: Math.min(cost, solution.lowerBound) };
  });
  return { isKept, cutEdges: cutEdges.sort((a, b) => a - b), components, memory: cutMemory(known) };
}

/**
 * Cuts the edges of a component that an order doesn't honour, but for those that make no cycle all the same.
 * @param place an order of the members, and perhaps of further nodes
 * @returns the edges that stay cut
 */
function cutComponent(
  graph: UnitGraph,
  members: Int32Array,
  place: Int32Array,
  isKept: Uint8Array,
): readonly number[] {
  const inner = innerEdges(graph, members, isKept);
  const { edge, from, to } = inner;
  for (let index = 0; index < edge.length; index++)
    inner.isKept[index] = Number(int32At(place, int32At(to, index)) < int32At(place, int32At(from, index)));
  putBack(inner, placesAmong(place, members.length));
  const cut = [...edge.filter((_, index) => inner.isKept[index] === 0)];
  for (const each of cut) isKept[each] = 0;
  return cut;
}

/** The places of the first nodes among themselves. */
function placesAmong(place: Int32Array, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, node) => node);
  order.sort((a, b) => int32At(place, a) - int32At(place, b));
  const among = new Int32Array(count);
  for (let index = 0; index < count; index++) among[int32At(order, index)] = index;
  return among;
}

/** The edges that are kept between the members, those of one together; `edge`: their number in the graph. */
function innerEdges(
  { needs }: UnitGraph,
  members: Int32Array,
  isKept: Uint8Array,
): InnerEdges & { readonly edge: Int32Array } {
  const memberOf = new Int32Array(rowCount(needs)).fill(-1);
  let most = 0;
  for (let member = 0; member < members.length; member++) {
    const unit = int32At(members, member);
    memberOf[unit] = member;
    most += edgesTo(needs, unit) - edgesFrom(needs, unit);
  }
  const edges = new Int32Array(most);
  const from = new Int32Array(most);
  const to = new Int32Array(most);
  let count = 0;
  for (let member = 0; member < members.length; member++) {
    const unit = int32At(members, member);
    for (let edge = edgesFrom(needs, unit); edge < edgesTo(needs, unit); edge++) {
      const target = int32At(memberOf, int32At(needs.target, edge));
      if (target === -1 || isKept[edge] === 0) continue;
      edges[count] = edge;
      from[count] = member;
      to[count] = target;
      count++;
    }
  }
  return {
    edge: edges.subarray(0, count),
    from: from.subarray(0, count),
    to: to.subarray(0, count),
    isKept: new Uint8Array(count),
  };
}
