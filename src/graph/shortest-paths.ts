import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount } from '../base/csr.ts';
import { HARD, type UnitGraph } from './unit-graph.ts';

/** Edges that no path takes. */
export const HIDDEN = 255;
/** Ranks of the other edges: of paths of one length those along edges of low rank are preferred. */
const RANKS = [0, 1, 2];

/** Hard edges that are honoured first, then soft ones, then those that are given up; one cell an edge. */
export function rankEdges({ edgeFlags }: UnitGraph, isKept?: Uint8Array): Uint8Array {
  return edgeFlags.map((flags, edge) => (isKept?.[edge] === 0 ? 2 : (flags & HARD) === 0 ? 1 : 0));
}

/**
 * Shortest paths along edges from one unit to others, by breadth-first search.
 * @param rank from `rankEdges`; one cell an edge
 * @returns for each goal that can be reached the units on the way, both ends included; to the start itself a path of two
 *   where it needs itself, else its shortest cycle. O(units + edges)
 */
export function shortestPaths(
  graph: UnitGraph,
  rank: Uint8Array,
  start: number,
  goals: ReadonlySet<number>,
): ReadonlyMap<number, readonly number[]> {
  const { needs } = graph;
  const found = new Map<number, readonly number[]>();
  if (goals.has(start) && graph.needsItself[start] === 1) found.set(start, [start, start]);
  const cameFrom = new Int32Array(rowCount(needs)).fill(-1);
  const queue = [start];
  for (const unit of queue) {
    if (found.size === goals.size) break;
    for (const wanted of RANKS) {
      for (let edge = edgesFrom(needs, unit); edge < edgesTo(needs, unit); edge++) {
        const need = at(needs.target, edge);
        if (rank[edge] !== wanted || cameFrom[need] !== -1) continue;
        cameFrom[need] = unit;
        if (goals.has(need) && !found.has(need)) found.set(need, pathTo(cameFrom, start, need));
        if (need !== start) queue.push(need);
      }
    }
  }
  return found;
}

function pathTo(cameFrom: Int32Array, start: number, goal: number): readonly number[] {
  const path = [goal];
  for (let node = at(cameFrom, goal); node !== start; node = at(cameFrom, node)) path.push(node);
  return [...path, start].reverse();
}
