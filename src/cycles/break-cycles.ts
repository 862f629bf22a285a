import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount, transpose, type Csr } from '../base/csr.ts';
import { Heap } from '../base/heap.ts';
import { DIRECT, HARD, type UnitGraph } from '../graph/unit-graph.ts';
import { findKnots, honouredEdges } from './find-cycles.ts';

/** Harm of building against the existing binary: a direct build dependency matters more than one run-time steps away. */
const DIRECT_HARM = 4;
const INDIRECT_HARM = 1;

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
 * Cuts soft edges until no cycle is left, with little harm: in each strongly connected component units are put into an
 * order that honours every hard edge and, greedily, most of the soft ones (after Eades, Lin & Smyth 1993, A fast and
 * effective heuristic for the feedback arc set problem); then every cut edge that makes no cycle is put back.
 * @param graph without cycles of hard edges
 */
export function breakCycles(graph: UnitGraph): Cut {
  const isKept = honouredEdges(graph);
  const knots = findKnots(graph, isKept);
  const dependents = transpose(graph.needs, rowCount(graph.needs));
  const cutEdges: number[] = [];
  for (const members of knots) {
    const position = orderKnot(graph, dependents, members, isKept);
    for (const unit of members) {
      for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
        const need = at(graph.needs.target, edge);
        if (isKept[edge] === 0 || (position.get(need) ?? -1) < (position.get(unit) ?? -1)) continue;
        isKept[edge] = 0;
        cutEdges.push(edge);
      }
    }
  }
  const isMinimal = putBack(graph, isKept, cutEdges);
  const left = cutEdges.filter((edge) => isKept[edge] === 0).sort((a, b) => a - b);
  return { isKept, cutEdges: left, isMinimal };
}

interface Candidate {
  readonly unit: number;
  readonly needed: number;
  readonly score: number;
}

/**
 * Places the members one after another: first those that wait for nothing unplaced, else the one whose unplaced soft
 * needs cost least beyond what its placing frees; never one with an unplaced hard need.
 * @returns unit → place
 */
function orderKnot(
  graph: UnitGraph,
  dependents: Csr,
  members: Int32Array,
  isKept: Uint8Array,
): ReadonlyMap<number, number> {
  const state = new Map<number, { hard: number; needed: number; frees: number }>();
  for (const unit of members) state.set(unit, { hard: 0, needed: 0, frees: 0 });
  const eachNeed = (unit: number, visit: (need: number, flags: number) => void): void => {
    for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
      const need = at(graph.needs.target, edge);
      if (isKept[edge] === 1 && state.has(need)) visit(need, at(graph.edgeFlags, edge));
    }
  };
  for (const unit of members) {
    const own = state.get(unit);
    eachNeed(unit, (need, flags) => {
      const other = state.get(need);
      if (own === undefined || other === undefined) return;
      if ((flags & HARD) !== 0) own.hard++;
      own.needed += harm(flags);
      other.frees += harm(flags);
    });
  }
  const heap = new Heap<Candidate>(compareCandidates);
  const offer = (unit: number): void => {
    const own = state.get(unit);
    if (own === undefined || own.hard > 0) return;
    heap.push({ unit, needed: own.needed, score: own.needed - own.frees });
  };
  for (const unit of members) offer(unit);
  const position = new Map<number, number>();
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    const { unit, needed, score } = next;
    const own = state.get(unit);
    if (own?.needed !== needed || own.needed - own.frees !== score || position.has(unit)) continue;
    position.set(unit, position.size);
    for (let edge = edgesFrom(dependents, unit); edge < edgesTo(dependents, unit); edge++) {
      const dependent = at(dependents.target, edge);
      const other = state.get(dependent);
      if (other === undefined || position.has(dependent)) continue;
      const flags = edgeFlagsBetween(graph, dependent, unit, isKept);
      if (flags === -1) continue;
      if ((flags & HARD) !== 0) other.hard--;
      other.needed -= harm(flags);
      offer(dependent);
    }
    eachNeed(unit, (need, flags) => {
      const other = state.get(need);
      if (other === undefined || position.has(need)) return;
      other.frees -= harm(flags);
      offer(need);
    });
  }
  if (position.size !== members.length) throw new Error('BUG: a cycle of hard edges is left');
  return position;
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return Number(a.needed > 0) - Number(b.needed > 0) || a.score - b.score || a.unit - b.unit;
}

function harm(flags: number): number {
  return (flags & DIRECT) === 0 ? INDIRECT_HARM : DIRECT_HARM;
}

/** Flags of a kept edge, found by bisection in the ascending row; -1 without one. */
function edgeFlagsBetween(graph: UnitGraph, unit: number, need: number, isKept: Uint8Array): number {
  let low = edgesFrom(graph.needs, unit);
  let high = edgesTo(graph.needs, unit);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(graph.needs.target, middle) < need) low = middle + 1;
    else high = middle;
  }
  const isThere = low < edgesTo(graph.needs, unit) && graph.needs.target[low] === need && isKept[low] === 1;
  return isThere ? at(graph.edgeFlags, low) : -1;
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
