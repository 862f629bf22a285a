import { at } from '../base/column.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo, transpose, type Csr } from '../base/csr.ts';
import { IndexedHeap } from '../base/indexed-heap.ts';
import { DIRECT, HARD, type UnitGraph } from '../graph/unit-graph.ts';

/** Harm of building against the existing binary: a direct build dependency matters more than one run-time steps away. */
const DIRECT_HARM = 4;
const INDIRECT_HARM = 1;

/** Harm of cutting an edge with these flags. */
export function harm(flags: number): number {
  return (flags & DIRECT) === 0 ? INDIRECT_HARM : DIRECT_HARM;
}

/**
 * Puts the members of a strongly connected component into an order to build them: first those that wait for nothing
 * unplaced, else the one whose unplaced soft needs cost least beyond what its placing frees; never one with an unplaced
 * hard need. The soft edges that point forward in it are what has to be cut.
 * @param isKept 0 hides an edge; one cell an edge of `graph.needs`
 * @returns the place of each member, in the order of `members`
 * @see Eades, Lin & Smyth 1993, A fast and effective heuristic for the feedback arc set problem. O(edges × log members)
 */
export function orderKnot(graph: UnitGraph, members: Int32Array, isKept: Uint8Array): Int32Array {
  const knot = extractKnot(graph, members, isKept);
  const size = members.length;
  const hardNeeds = new Int32Array(size);
  const needed = new Int32Array(size);
  const frees = new Int32Array(size);
  for (let member = 0; member < size; member++) {
    for (let edge = edgesFrom(knot.needs, member); edge < edgesTo(knot.needs, member); edge++) {
      const flags = at(knot.flags, edge);
      const need = at(knot.needs.target, edge);
      needed[member] = at(needed, member) + harm(flags);
      frees[need] = at(frees, need) + harm(flags);
      if ((flags & HARD) !== 0) hardNeeds[member] = at(hardNeeds, member) + 1;
    }
  }
  const heap = new IndexedHeap(size, (a, b) => {
    const isFreeA = needed[a] === 0;
    if (isFreeA !== (needed[b] === 0)) return isFreeA;
    const difference = at(needed, a) - at(frees, a) - (at(needed, b) - at(frees, b));
    return difference === 0 ? a < b : difference < 0;
  });
  const place = new Int32Array(size).fill(-1);
  const offer = (member: number): void => {
    if (hardNeeds[member] === 0 && place[member] === -1) heap.update(member);
  };
  for (let member = 0; member < size; member++) offer(member);
  for (let next = 0; next < size; next++) {
    const member = heap.pop();
    if (member === undefined) throw new Error('BUG: a cycle of hard edges is left');
    place[member] = next;
    for (let edge = edgesFrom(knot.dependents, member); edge < edgesTo(knot.dependents, member); edge++) {
      const dependent = at(knot.dependents.target, edge);
      const flags = at(knot.dependentFlags, edge);
      needed[dependent] = at(needed, dependent) - harm(flags);
      if ((flags & HARD) !== 0) hardNeeds[dependent] = at(hardNeeds, dependent) - 1;
      offer(dependent);
    }
    for (let edge = edgesFrom(knot.needs, member); edge < edgesTo(knot.needs, member); edge++) {
      const need = at(knot.needs.target, edge);
      frees[need] = at(frees, need) - harm(at(knot.flags, edge));
      offer(need);
    }
  }
  return place;
}

/** One component's kept inner edges, members numbered from 0; flags run parallel to the edges of each direction. */
interface Knot {
  readonly needs: Csr;
  readonly flags: Uint8Array;
  readonly dependents: Csr;
  readonly dependentFlags: Uint8Array;
}

function extractKnot(graph: UnitGraph, members: Int32Array, isKept: Uint8Array): Knot {
  const local = new Map<number, number>();
  members.forEach((unit, member) => local.set(unit, member));
  const edges = new EdgeList();
  const flags: number[] = [];
  members.forEach((unit, member) => {
    for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
      const need = local.get(at(graph.needs.target, edge));
      if (need === undefined || isKept[edge] === 0) continue;
      edges.push(member, need);
      flags.push(at(graph.edgeFlags, edge));
    }
  });
  const needs = buildCsr(members.length, edges);
  const dependents = transpose(needs, members.length);
  return {
    needs,
    flags: Uint8Array.from(flags),
    dependents,
    dependentFlags: transposeFlags(needs, flags, dependents),
  };
}

/** The flags of each edge in the order in which `transpose` lists the reversed edges. */
function transposeFlags(needs: Csr, flags: readonly number[], dependents: Csr): Uint8Array {
  const cursor = dependents.offset.slice();
  const reversed = new Uint8Array(flags.length);
  for (let edge = 0; edge < flags.length; edge++) {
    const need = at(needs.target, edge);
    const place = at(cursor, need);
    reversed[place] = at(flags, edge);
    cursor[need] = place + 1;
  }
  return reversed;
}
