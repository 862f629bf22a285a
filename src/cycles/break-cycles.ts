import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount, type Csr } from '../base/csr.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import { findKnots, honouredEdges } from './find-cycles.ts';
import { harm, orderKnot } from './order-knot.ts';

/** Edge visits that putting cut edges back may cost, so that it stays quick on a whole archive. */
const PUT_BACK_VISITS = 20_000_000;

export interface Cut {
  /** 0: the edge is not honoured; one cell an edge of `graph.needs`. */
  readonly isKept: Uint8Array;
  /** The edges cut to open cycles, ascending. Edges to later layers are not among them: they are never honoured. */
  readonly cutEdges: readonly number[];
  /** Whether each cut edge was tried and found needed: putting any one back makes a cycle. */
  readonly isMinimal: boolean;
}

/**
 * Cuts soft edges until no cycle is left, with little harm: each strongly connected component is put into an order that
 * honours every hard edge and most of the soft ones; then every cut edge that makes no cycle is put back.
 * @param graph without cycles of hard edges
 */
export function breakCycles(graph: UnitGraph): Cut {
  const isKept = honouredEdges(graph);
  const cutEdges: number[] = [];
  const place = new Int32Array(rowCount(graph.needs)).fill(-1);
  for (const members of findKnots(graph, isKept)) {
    const places = orderKnot(graph, members, isKept);
    members.forEach((unit, member) => {
      place[unit] = at(places, member);
    });
    const isMember = new Set(members);
    for (const unit of members) {
      for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
        const need = at(graph.needs.target, edge);
        if (isKept[edge] === 0 || !isMember.has(need) || at(place, need) < at(place, unit)) continue;
        isKept[edge] = 0;
        cutEdges.push(edge);
      }
    }
  }
  const isMinimal = putBack(graph, isKept, cutEdges);
  const left = cutEdges.filter((edge) => isKept[edge] === 0).sort((a, b) => a - b);
  return { isKept, cutEdges: left, isMinimal };
}

/** Puts back cut edges that make no cycle, the most harmful first. @returns whether all were tried within the budget */
function putBack(graph: UnitGraph, isKept: Uint8Array, cutEdges: readonly number[]): boolean {
  const source = new Int32Array(graph.needs.target.length);
  for (let unit = 0; unit < rowCount(graph.needs); unit++) {
    source.fill(unit, edgesFrom(graph.needs, unit), edgesTo(graph.needs, unit));
  }
  const byHarm = [...cutEdges].sort(
    (a, b) => harm(at(graph.edgeFlags, b)) - harm(at(graph.edgeFlags, a)) || a - b,
  );
  const search = new Search(graph.needs, isKept);
  for (const edge of byHarm) {
    if (search.visits > PUT_BACK_VISITS) return false;
    if (!search.reaches(at(graph.needs.target, edge), at(source, edge))) isKept[edge] = 1;
  }
  return true;
}

/** Depth-first reachability over kept edges, with a count of the work done. */
class Search {
  visits = 0;
  readonly #needs: Csr;
  readonly #isKept: Uint8Array;
  readonly #stamp: Int32Array;
  #round = 0;

  constructor(needs: Csr, isKept: Uint8Array) {
    this.#needs = needs;
    this.#isKept = isKept;
    this.#stamp = new Int32Array(rowCount(needs));
  }

  reaches(start: number, goal: number): boolean {
    const round = ++this.#round;
    const stack = [start];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node === goal) return true;
      if (this.#stamp[node] === round) continue;
      this.#stamp[node] = round;
      for (let edge = edgesFrom(this.#needs, node); edge < edgesTo(this.#needs, node); edge++) {
        this.visits++;
        if (this.#isKept[edge] === 1) stack.push(at(this.#needs.target, edge));
      }
    }
    return false;
  }
}
