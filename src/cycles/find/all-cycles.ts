import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, rowCount, type Csr } from '../../base/csr.ts';
import { stronglyConnected, type Components } from '../../graph/strongly-connected.ts';
import { edgeSources } from './component-graph.ts';
import type { VisitBudget } from './visit-budget.ts';

/**
 * Every elementary cycle of a graph by Johnson's algorithm, iterative.
 * @param needs without loops; no edge twice
 * @param most the search gives up when there are more cycles
 * @returns the edges of each cycle, beginning at its lowest node; undefined: there are more than `most`, or the budget
 *   is spent
 * @see Johnson 1975, Finding all the elementary circuits of a directed graph. O((nodes + edges) × cycles)
 */
export function allCycles(
  needs: Csr,
  most: number,
  budget: VisitBudget,
): readonly (readonly number[])[] | undefined {
  const search = new Johnson(needs, most, budget);
  const source = edgeSources(needs);
  const isKept = new Uint8Array(needs.target.length);
  for (let start = 0; start < rowCount(needs);) {
    for (let edge = 0; edge < isKept.length; edge++) {
      isKept[edge] = Number(at(source, edge) >= start && at(needs.target, edge) >= start);
    }
    budget.spend(isKept.length + rowCount(needs));
    if (budget.left === 0) return undefined;
    const components = stronglyConnected(needs, isKept);
    const next = firstInCycle(components, start);
    if (next === -1) return search.cycles;
    if (!search.searchFrom(next, components.of)) return undefined;
    start = next + 1;
  }
  return search.cycles;
}

/** The lowest node from `start` on that shares its component with another one; -1: none does. */
function firstInCycle({ of, count }: Components, start: number): number {
  const size = new Int32Array(count);
  for (const component of of) size[component] = at(size, component) + 1;
  for (let node = start; node < of.length; node++) if (at(size, at(of, node)) > 1) return node;
  return -1;
}

/** The search for all cycles through one node: paths from it, with nodes blocked from which there is no way back. */
class Johnson {
  readonly cycles: (readonly number[])[] = [];
  readonly #needs: Csr;
  readonly #most: number;
  readonly #budget: VisitBudget;
  readonly #isBlocked: Uint8Array;
  /** For each node those to unblock with it. */
  readonly #waiting: Set<number>[];
  readonly #cursor: Int32Array;
  readonly #path: Int32Array;
  readonly #pathEdge: Int32Array;
  /** 1: a cycle was closed from this depth on. */
  readonly #isClosed: Uint8Array;

  constructor(needs: Csr, most: number, budget: VisitBudget) {
    const nodeCount = rowCount(needs);
    this.#needs = needs;
    this.#most = most;
    this.#budget = budget;
    this.#isBlocked = new Uint8Array(nodeCount);
    this.#waiting = Array.from({ length: nodeCount }, () => new Set());
    this.#cursor = new Int32Array(nodeCount);
    this.#path = new Int32Array(nodeCount);
    this.#pathEdge = new Int32Array(nodeCount);
    this.#isClosed = new Uint8Array(nodeCount);
  }

  /** Finds the cycles whose lowest node is `start`. @returns false when it had to give up */
  searchFrom(start: number, component: Int32Array): boolean {
    const needs = this.#needs;
    this.#isBlocked.fill(0);
    for (const nodes of this.#waiting) nodes.clear();
    let depth = 0;
    this.#enter(0, start);
    while (depth >= 0) {
      const node = at(this.#path, depth);
      const edge = at(this.#cursor, node);
      this.#budget.spend(1);
      if (this.#budget.left === 0) return false;
      if (edge === edgesTo(needs, node)) {
        this.#leave(depth, start, component);
        depth--;
        continue;
      }
      this.#cursor[node] = edge + 1;
      const next = at(needs.target, edge);
      if (next < start || component[next] !== component[start]) continue;
      this.#pathEdge[depth] = edge;
      if (next === start) {
        if (this.cycles.length === this.#most) return false;
        this.cycles.push([...this.#pathEdge.subarray(0, depth + 1)]);
        this.#isClosed[depth] = 1;
      } else if (this.#isBlocked[next] === 0) this.#enter(++depth, next);
    }
    return true;
  }

  #enter(depth: number, node: number): void {
    this.#path[depth] = node;
    this.#cursor[node] = edgesFrom(this.#needs, node);
    this.#isBlocked[node] = 1;
    this.#isClosed[depth] = 0;
  }

  #leave(depth: number, start: number, component: Int32Array): void {
    const node = at(this.#path, depth);
    if (this.#isClosed[depth] === 1) {
      this.#unblock(node);
      if (depth > 0) this.#isClosed[depth - 1] = 1;
      return;
    }
    for (let edge = edgesFrom(this.#needs, node); edge < edgesTo(this.#needs, node); edge++) {
      const next = at(this.#needs.target, edge);
      if (next >= start && component[next] === component[start]) at(this.#waiting, next).add(node);
    }
  }

  #unblock(first: number): void {
    const stack = [first];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (this.#isBlocked[node] === 0) continue;
      this.#isBlocked[node] = 0;
      stack.push(...at(this.#waiting, node));
      at(this.#waiting, node).clear();
    }
  }
}
