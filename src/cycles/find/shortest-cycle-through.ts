import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, rowCount, type Csr } from '../../base/csr.ts';
import { edgeBetween } from './component-graph.ts';
import type { VisitBudget } from './visit-budget.ts';

/** Finds shortest cycles through given nodes. One search serves many nodes: it keeps its columns. */
export class ShortestCycles {
  readonly #needs: Csr;
  readonly #budget: VisitBudget;
  readonly #cameFrom: Int32Array;
  readonly #seen: Int32Array;
  readonly #queue: Int32Array;
  #round = 0;

  /** @param needs without loops; no edge twice; rows ascend */
  constructor(needs: Csr, budget: VisitBudget) {
    const nodeCount = rowCount(needs);
    this.#needs = needs;
    this.#budget = budget;
    this.#cameFrom = new Int32Array(nodeCount);
    this.#seen = new Int32Array(nodeCount);
    this.#queue = new Int32Array(nodeCount);
  }

  /**
   * The shortest cycle through a node, of several the first that a search breadth first meets.
   * @returns its edges, the node's own first; undefined: there is none, or the budget is spent. O(edges)
   */
  through(start: number): readonly number[] | undefined {
    const needs = this.#needs;
    this.#round++;
    let end = 0;
    this.#queue[end++] = start;
    for (let next = 0; next < end; next++) {
      const node = at(this.#queue, next);
      const last = edgesTo(needs, node);
      if (this.#budget.left === 0) return undefined;
      this.#budget.spend(last - edgesFrom(needs, node));
      const closing = edgeBetween(needs, node, start);
      if (closing !== -1) return [...this.#edgesTo(start, node), closing];
      for (let edge = edgesFrom(needs, node); edge < last; edge++) {
        const target = at(needs.target, edge);
        if (this.#seen[target] === this.#round) continue;
        this.#seen[target] = this.#round;
        this.#cameFrom[target] = node;
        this.#queue[end++] = target;
      }
    }
    return undefined;
  }

  #edgesTo(start: number, end: number): readonly number[] {
    const edges: number[] = [];
    for (let node = end; node !== start; node = at(this.#cameFrom, node)) {
      edges.push(edgeBetween(this.#needs, at(this.#cameFrom, node), node));
    }
    return edges.reverse();
  }
}
