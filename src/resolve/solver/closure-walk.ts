import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { Constraints } from './constraints.ts';

/**
 * Walks what a request pulls in, breadth first, the roots first and in their order: a clause that a node met before
 * satisfies adds nothing, every other one adds its first candidate that is allowed. One walker serves many walks.
 */
export class ClosureWalk {
  readonly #constraints: Constraints;
  readonly #isMet: Uint8Array;
  readonly #isIn: Uint8Array;
  readonly #clauses: Int32Array;
  readonly #nodes: Int32Array;
  #clauseCount = 0;
  #nodeCount = 0;

  constructor(constraints: Constraints, nodeCount: number, clauseCount: number) {
    this.#constraints = constraints;
    this.#isMet = new Uint8Array(clauseCount);
    this.#isIn = new Uint8Array(nodeCount);
    this.#clauses = new Int32Array(clauseCount);
    this.#nodes = new Int32Array(nodeCount);
  }

  /**
   * @param worth one cell a node
   * @param least nodes that are worth less are not allowed
   * @returns the nodes, ascending; undefined when a clause has no candidate or two nodes conflict. O(what is met)
   */
  walk(roots: ArrayLike<number>, worth: Int8Array, least: number): Int32Array | undefined {
    for (let place = 0; place < roots.length; place++) this.#meet(at(roots, place));
    let isFine = true;
    for (let next = 0; isFine && next < this.#clauseCount; next++) {
      const node = this.#choose(int32At(this.#clauses, next), worth, least);
      isFine = node === SATISFIED || (node !== NONE && this.#add(node));
    }
    const found = isFine ? this.#nodes.slice(0, this.#nodeCount).sort() : undefined;
    this.#clear();
    return found;
  }

  #choose(clause: number, worth: Int8Array, least: number): number {
    const { candidates } = this.#constraints;
    let chosen = NONE;
    const end = edgesTo(candidates, clause);
    for (let edge = edgesFrom(candidates, clause); edge < end; edge++) {
      const node = int32At(candidates.target, edge);
      if (this.#isIn[node] === 1) return SATISFIED;
      if (chosen === NONE && at(worth, node) >= least) chosen = node;
    }
    return chosen;
  }

  /** @returns false when a node met before stands against it */
  #add(node: number): boolean {
    const { conflicts, nodeClauses } = this.#constraints;
    this.#isIn[node] = 1;
    this.#nodes[this.#nodeCount++] = node;
    const lastConflict = edgesTo(conflicts, node);
    for (let edge = edgesFrom(conflicts, node); edge < lastConflict; edge++) {
      if (this.#isIn[int32At(conflicts.target, edge)] === 1) return false;
    }
    const lastClause = edgesTo(nodeClauses, node);
    for (let edge = edgesFrom(nodeClauses, node); edge < lastClause; edge++) {
      this.#meet(int32At(nodeClauses.target, edge));
    }
    return true;
  }

  #meet(clause: number): void {
    if (this.#isMet[clause] === 1) return;
    this.#isMet[clause] = 1;
    this.#clauses[this.#clauseCount++] = clause;
  }

  #clear(): void {
    while (this.#clauseCount > 0) this.#isMet[int32At(this.#clauses, --this.#clauseCount)] = 0;
    while (this.#nodeCount > 0) this.#isIn[int32At(this.#nodes, --this.#nodeCount)] = 0;
  }
}

const SATISFIED = -1;
const NONE = -2;
