import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount } from '../base/csr.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import type { Break } from './break.ts';
import { describeBreaks } from './describe-breaks.ts';
import { findKnots, honouredEdges } from './find-cycles.ts';
import { poseBreaks, type BreakRules, type PosedBreaks } from './pose-breaks.ts';
import { putBack } from './put-back.ts';
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
  const opened = findKnots(graph, isKept).map((members) => openKnot(graph, members, rules, isKept));
  const cutEdges = opened.flatMap(({ cutEdges: own }) => own);
  putBack(graph.needs, isKept, placeAll(graph, isKept), cutEdges);
  return {
    isKept,
    cutEdges: cutEdges.filter((edge) => isKept[edge] === 0).sort((a, b) => a - b),
    components: opened.map(({ posed, solution }) => {
      const breaks = describeBreaks(graph, posed, solution, isKept);
      const cost = breaks.reduce((sum, own) => sum + own.cost, 0);
      return { members: posed.members, breaks, cost, lowerBound: Math.min(cost, solution.lowerBound) };
    }),
  };
}

interface Opened {
  readonly posed: PosedBreaks;
  readonly solution: ReturnType<typeof solveBreaks>;
  readonly cutEdges: readonly number[];
}

/** Cuts the edges of a component that its solution doesn't honour. */
function openKnot(graph: UnitGraph, members: Int32Array, rules: BreakRules, isKept: Uint8Array): Opened {
  const posed = poseBreaks(graph, members, rules);
  const solution = solveBreaks(posed.problem);
  const memberOf = new Map<number, number>();
  members.forEach((unit, member) => memberOf.set(unit, member));
  const cutEdges: number[] = [];
  members.forEach((unit, member) => {
    for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
      const need = memberOf.get(at(graph.needs.target, edge));
      if (isKept[edge] === 0 || need === undefined) continue;
      if (at(solution.place, need) < at(solution.place, member)) continue;
      isKept[edge] = 0;
      cutEdges.push(edge);
    }
  });
  return { posed, solution, cutEdges };
}

/** A place for each unit, after all that it waits for along kept edges, which make no cycle. */
function placeAll({ needs }: UnitGraph, isKept: Uint8Array): Int32Array {
  const place = new Int32Array(rowCount(needs)).fill(-1);
  const cursor = needs.offset.slice();
  let next = 0;
  for (let root = 0; root < rowCount(needs); root++) {
    const stack = place[root] === -1 ? [root] : [];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      let edge = at(cursor, node);
      while (edge < edgesTo(needs, node) && (isKept[edge] === 0 || place[at(needs.target, edge)] !== -1))
        edge++;
      cursor[node] = edge;
      if (edge < edgesTo(needs, node)) stack.push(at(needs.target, edge));
      else {
        place[node] = next++;
        stack.pop();
      }
    }
  }
  return place;
}
