import { int32At, uint8At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount, type Csr } from '../base/csr.ts';
import { HARD, LATER, type UnitGraph } from '../graph/unit-graph.ts';
import { cyclicComponents, stronglyConnected } from '../graph/strongly-connected.ts';

/** A cycle as a closed walk: each unit waits for the next one, the last for the first. */
export interface Cycle {
  /** Shortest cycle through the lowest unit of its component. */
  readonly units: readonly number[];
  /** All units of the strongly connected component, ascending. */
  readonly members: readonly number[];
}

/** Cycles made of hard edges alone: no existing binary helps, so none of their units can be built. */
export function findHardCycles(graph: UnitGraph): readonly Cycle[] {
  // most edges are soft: passed over once, here
  const needs = hardNeeds(graph);
  const isKept = new Uint8Array(needs.target.length).fill(1);
  const knots = cyclicComponents(needs, stronglyConnected(needs)).map((members) => ({
    units: shortestCycle(needs, members, isKept),
    members: [...members],
  }));
  const inKnot = new Set(knots.flatMap((knot) => knot.members));
  const alone: Cycle[] = [];
  graph.needsItself.forEach((needs, unit) => {
    if (needs === 1 && !inKnot.has(unit)) alone.push({ units: [unit], members: [unit] });
  });
  return [...knots, ...alone].sort((a, b) => at(a.members, 0) - at(b.members, 0));
}

/** Row `unit`: the units that it waits for hard, ascending. O(edges) */
function hardNeeds({ needs, edgeFlags }: UnitGraph): Csr {
  const offset = new Int32Array(needs.offset.length);
  const target: number[] = [];
  for (let unit = 0; unit < rowCount(needs); unit++) {
    const end = edgesTo(needs, unit);
    for (let edge = edgesFrom(needs, unit); edge < end; edge++)
      if ((uint8At(edgeFlags, edge) & HARD) !== 0) target.push(int32At(needs.target, edge));
    offset[unit + 1] = target.length;
  }
  return { offset, target: Int32Array.from(target) };
}

/** The edges that can be honoured at all: all but those that point to a later layer. */
export function honouredEdges(graph: UnitGraph): Uint8Array {
  const { edgeFlags } = graph;
  const isHonoured = new Uint8Array(edgeFlags.length);
  for (let edge = 0; edge < edgeFlags.length; edge++)
    if (((edgeFlags[edge] ?? 0) & LATER) === 0) isHonoured[edge] = 1;
  return isHonoured;
}

/** Units that wait for each other in a ring, soft edges included; each component's units ascend. */
export function findKnots(graph: UnitGraph, isKept: Uint8Array): readonly Int32Array[] {
  return cyclicComponents(graph.needs, stronglyConnected(graph.needs, isKept));
}

/**
 * A shortest cycle through the first member, by breadth-first search inside the component.
 * @param members of one strongly connected component with two nodes or more
 */
export function shortestCycle(needs: Csr, members: Int32Array, isKept: Uint8Array): readonly number[] {
  const start = at(members, 0);
  const inside = new Uint8Array(rowCount(needs));
  for (const member of members) inside[member] = 1;
  const cameFrom = new Int32Array(rowCount(needs)).fill(-1);
  const queue: number[] = [start];
  for (const node of queue) {
    for (let edge = edgesFrom(needs, node); edge < edgesTo(needs, node); edge++) {
      const next = at(needs.target, edge);
      if (isKept[edge] === 0 || inside[next] === 0) continue;
      if (next === start) return pathTo(cameFrom, node);
      if (cameFrom[next] !== -1) continue;
      cameFrom[next] = node;
      queue.push(next);
    }
  }
  throw new Error('BUG: the component has no cycle');
}

function pathTo(cameFrom: Int32Array, end: number): readonly number[] {
  const path: number[] = [];
  for (let node = end; node !== -1; node = at(cameFrom, node)) path.unshift(node);
  return path;
}
