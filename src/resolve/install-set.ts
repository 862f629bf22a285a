import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Universe } from '../archive/universe.ts';
import type { Installability } from './installability.ts';

/**
 * Walks install sets: what gets installed to build a unit, breadth first, so that the first way found to a binary is a
 * shortest one. Every clause has one chosen node, the first candidate that can be installed; install sets of different
 * units therefore agree. One walker serves many walks: it keeps its columns.
 */
export class InstallSetWalker {
  /** Chosen node of each clause, or -1 for a lost one. */
  readonly chosen: Int32Array;
  /** The clauses met by the last walk, in the order met. */
  readonly clauses: Int32Array;
  /** For each clause met by the last walk: the clause whose node asked for it, or -1 for a build dependency. */
  readonly parent: Int32Array;
  #count = 0;
  readonly #universe: Universe;
  readonly #clauseStamp: Int32Array;
  readonly #nodeStamp: Int32Array;
  #stamp = 0;

  constructor(universe: Universe, installability: Installability) {
    const clauseCount = universe.clauses.alternatives.length;
    this.#universe = universe;
    this.chosen = chooseNodes(universe, installability);
    this.clauses = new Int32Array(clauseCount);
    this.parent = new Int32Array(clauseCount);
    this.#clauseStamp = new Int32Array(clauseCount);
    this.#nodeStamp = new Int32Array(universe.nodes.name.length);
  }

  /** Walks the build dependencies of a unit and all that they pull in. @returns how many of `clauses` count */
  walkUnit(unit: number): number {
    this.#begin();
    const { unitClauses } = this.#universe;
    for (let edge = edgesFrom(unitClauses, unit); edge < edgesTo(unitClauses, unit); edge++) {
      this.#meet(at(unitClauses.target, edge), -1);
    }
    return this.#walk();
  }

  /** Walks build-essential and the Essential packages of a context. */
  walkImplicit(context: number): number {
    this.#begin();
    const { implicitClauses } = this.#universe;
    for (let edge = edgesFrom(implicitClauses, context); edge < edgesTo(implicitClauses, context); edge++) {
      this.#meet(at(implicitClauses.target, edge), -1);
    }
    return this.#walk();
  }

  #begin(): void {
    this.#stamp++;
    this.#count = 0;
  }

  #walk(): number {
    const { nodeClauses } = this.#universe;
    for (let next = 0; next < this.#count; next++) {
      const clause = at(this.clauses, next);
      const node = at(this.chosen, clause);
      if (node < 0 || this.#nodeStamp[node] === this.#stamp) continue;
      this.#nodeStamp[node] = this.#stamp;
      for (let edge = edgesFrom(nodeClauses, node); edge < edgesTo(nodeClauses, node); edge++) {
        this.#meet(at(nodeClauses.target, edge), clause);
      }
    }
    return this.#count;
  }

  #meet(clause: number, parent: number): void {
    if (this.#clauseStamp[clause] === this.#stamp) return;
    this.#clauseStamp[clause] = this.#stamp;
    this.clauses[this.#count++] = clause;
    this.parent[clause] = parent;
  }
}

function chooseNodes(universe: Universe, installability: Installability): Int32Array {
  const { candidates } = universe.clauses;
  const chosen = new Int32Array(universe.clauses.alternatives.length).fill(-1);
  for (let clause = 0; clause < chosen.length; clause++) {
    for (let edge = edgesFrom(candidates, clause); edge < edgesTo(candidates, clause); edge++) {
      const node = at(candidates.target, edge);
      if (installability.nodeLost[node] !== 0) continue;
      chosen[clause] = node;
      break;
    }
  }
  return chosen;
}
