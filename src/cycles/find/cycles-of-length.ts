import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, rowCount, transpose, type Csr } from '../../base/csr.ts';
import { edgeBetween } from './component-graph.ts';
import type { VisitBudget } from './visit-budget.ts';

/** Told of each cycle: the edges are in the first cells of the column, which the search goes on to use. */
type Visit = (edges: Int32Array) => void;

/**
 * Finds the elementary cycles of one length: from each node the paths over higher ones that can still close in time.
 * One search serves many lengths: it keeps its columns.
 */
export class CyclesOfLength {
  readonly #needs: Csr;
  readonly #dependents: Csr;
  readonly #budget: VisitBudget;
  /** Steps back to the start, at least; counts only where `#reached` is the start. */
  readonly #distance: Int32Array;
  readonly #reached: Int32Array;
  readonly #isOnPath: Uint8Array;
  readonly #queue: Int32Array;
  #round = 0;

  /** @param needs without loops; no edge twice; rows ascend */
  constructor(needs: Csr, budget: VisitBudget) {
    const nodeCount = rowCount(needs);
    this.#needs = needs;
    this.#dependents = transpose(needs, nodeCount);
    this.#budget = budget;
    this.#distance = new Int32Array(nodeCount);
    this.#reached = new Int32Array(nodeCount);
    this.#isOnPath = new Uint8Array(nodeCount);
    this.#queue = new Int32Array(nodeCount);
  }

  /**
   * Every cycle of `length` edges, by its lowest node, then by the nodes that follow.
   * @param length ≥ 2
   * @returns false when the budget ended before all were found
   */
  find(length: number, visit: Visit): boolean {
    const path = new Int32Array(length);
    const edges = new Int32Array(length);
    const cursor = new Int32Array(length);
    for (let start = 0; start < rowCount(this.#needs); start++) {
      this.#measure(start, length - 1);
      if (!this.#walk(start, length, { path, edges, cursor }, visit)) return false;
    }
    return true;
  }

  /** Distances to `start` over higher nodes, as far as `most`. */
  #measure(start: number, most: number): void {
    this.#round++;
    let end = 0;
    let visits = 0;
    this.#queue[end++] = start;
    this.#distance[start] = 0;
    for (let next = 0; next < end; next++) {
      const node = at(this.#queue, next);
      const steps = at(this.#distance, node) + 1;
      if (steps > most) break;
      const last = edgesTo(this.#dependents, node);
      visits += last - edgesFrom(this.#dependents, node);
      for (let edge = edgesFrom(this.#dependents, node); edge < last; edge++) {
        const from = at(this.#dependents.target, edge);
        if (from <= start || this.#reached[from] === this.#round) continue;
        this.#reached[from] = this.#round;
        this.#distance[from] = steps;
        this.#queue[end++] = from;
      }
    }
    this.#budget.spend(visits);
  }

  #walk(start: number, length: number, { path, edges, cursor }: Columns, visit: Visit): boolean {
    const needs = this.#needs;
    let depth = 0;
    path[0] = start;
    cursor[0] = edgesFrom(needs, start);
    while (depth >= 0) {
      if (this.#budget.left === 0) return false;
      const node = at(path, depth);
      const isLast = depth === length - 2;
      if (isLast) this.#close(start, node, edges, visit);
      const edge = isLast ? -1 : this.#nextEdge(at(cursor, depth), edgesTo(needs, node), length - depth - 1);
      if (edge === -1) {
        this.#isOnPath[node] = 0;
        depth--;
        continue;
      }
      const next = at(needs.target, edge);
      cursor[depth] = edge + 1;
      edges[depth] = edge;
      depth++;
      path[depth] = next;
      cursor[depth] = edgesFrom(needs, next);
      this.#isOnPath[next] = 1;
    }
    return true;
  }

  /** Visits each cycle that goes from the end of the path over one more node to the start. */
  #close(start: number, end: number, edges: Int32Array, visit: Visit): void {
    const needs = this.#needs;
    const first = edgesFrom(this.#dependents, start);
    const last = edgesTo(this.#dependents, start);
    if ((last - first) * PROBE < edgesTo(needs, end) - edgesFrom(needs, end)) {
      this.#budget.spend((last - first) * PROBE);
      for (let edge = first; edge < last; edge++) {
        const before = at(this.#dependents.target, edge);
        if (before <= start || this.#isOnPath[before] === 1) continue;
        const step = edgeBetween(needs, end, before);
        if (step !== -1) this.#visitCycle(step, start, edges, visit);
      }
      return;
    }
    const stop = edgesTo(needs, end);
    for (let edge = this.#nextEdge(edgesFrom(needs, end), stop, 1); edge !== -1;) {
      this.#visitCycle(edge, start, edges, visit);
      edge = this.#nextEdge(edge + 1, stop, 1);
    }
  }

  #visitCycle(step: number, start: number, edges: Int32Array, visit: Visit): void {
    edges[edges.length - 2] = step;
    edges[edges.length - 1] = edgeBetween(this.#needs, at(this.#needs.target, step), start);
    this.#budget.spend(edges.length);
    visit(edges);
  }

  /** The next edge of a row to a node off the path from which the start can be reached in time; -1: none. */
  #nextEdge(first: number, last: number, most: number): number {
    const { target } = this.#needs;
    for (let edge = first; edge < last; edge++) {
      const next = at(target, edge);
      if (this.#reached[next] !== this.#round || this.#isOnPath[next] === 1) continue;
      if (at(this.#distance, next) > most) continue;
      this.#budget.spend(edge - first + 1);
      return edge;
    }
    this.#budget.spend(last - first);
    return -1;
  }
}

/** About how many edges could be visited in the time that it takes to look one up. */
const PROBE = 8;

interface Columns {
  readonly path: Int32Array;
  readonly edges: Int32Array;
  readonly cursor: Int32Array;
}
