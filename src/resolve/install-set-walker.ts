import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import type { Universe } from '../archive/universe.ts';
import type { Installability } from './installability.ts';

/**
 * Walks install sets: what gets installed to build a unit, breadth first, so that the first way found to a binary is a
 * shortest one. Every clause has one chosen node; install sets of different units therefore agree. A *hard* walk follows
 * only clauses that nothing existing satisfies, and stops at binaries of later layers: what it meets can't be avoided.
 * One walker serves many walks: it keeps its columns.
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
  readonly #installability: Installability;
  readonly #clauseStamp: Int32Array;
  readonly #nodeStamp: Int32Array;
  #stamp = 0;
  #isHard = false;

  /** @param chosen from `chooseNodes` */
  constructor(universe: Universe, installability: Installability, chosen: Int32Array) {
    const clauseCount = universe.clauses.alternatives.length;
    this.#universe = universe;
    this.#installability = installability;
    this.chosen = chosen;
    this.clauses = new Int32Array(clauseCount);
    this.parent = new Int32Array(clauseCount);
    this.#clauseStamp = new Int32Array(clauseCount);
    this.#nodeStamp = new Int32Array(universe.nodes.name.length);
  }

  /** Walks the build dependencies of a unit and all that they pull in. @returns how many of `clauses` count */
  walkUnit(unit: number, isHard = false): number {
    return this.#walkRow(this.#universe.unitClauses, unit, isHard);
  }

  /** Walks build-essential and the Essential packages of a context. */
  walkImplicit(context: number, isHard = false): number {
    return this.#walkRow(this.#universe.implicitClauses, context, isHard);
  }

  /** Walks all that the chroot of a unit holds: its build dependencies, then build-essential and the Essential packages. */
  walkChroot(unit: number): number {
    const { unitClauses, implicitClauses, unitContext } = this.#universe;
    this.#begin(false);
    this.#meetRow(unitClauses, unit);
    this.#meetRow(implicitClauses, int32At(unitContext, unit));
    return this.#walk();
  }

  /** Whether the last walk met the node. */
  isMet(node: number): boolean {
    return this.#nodeStamp[node] === this.#stamp;
  }

  #walkRow(roots: Csr, row: number, isHard: boolean): number {
    this.#begin(isHard);
    this.#meetRow(roots, row);
    return this.#walk();
  }

  #begin(isHard: boolean): void {
    this.#stamp++;
    this.#count = 0;
    this.#isHard = isHard;
  }

  #meetRow(roots: Csr, row: number): void {
    for (let edge = edgesFrom(roots, row); edge < edgesTo(roots, row); edge++) {
      this.#meet(int32At(roots.target, edge), -1);
    }
  }

  #walk(): number {
    const { nodeClauses, nodes } = this.#universe;
    for (let next = 0; next < this.#count; next++) {
      const clause = int32At(this.clauses, next);
      const node = int32At(this.chosen, clause);
      if (node < 0 || this.#nodeStamp[node] === this.#stamp) continue;
      if (this.#isHard && nodes.later[node] === 1) continue;
      this.#nodeStamp[node] = this.#stamp;
      for (let edge = edgesFrom(nodeClauses, node); edge < edgesTo(nodeClauses, node); edge++) {
        this.#meet(int32At(nodeClauses.target, edge), clause);
      }
    }
    return this.#count;
  }

  #meet(clause: number, parent: number): void {
    if (this.#clauseStamp[clause] === this.#stamp) return;
    if (this.#isHard && this.#installability.clauseExists[clause] === 1) return;
    this.#clauseStamp[clause] = this.#stamp;
    this.clauses[this.#count++] = clause;
    this.parent[clause] = parent;
  }
}

/** A walker whose `walkUnit` takes a clause in the place of a unit, and walks what that one pulls in. */
export function clauseWalker(
  universe: Universe,
  installability: Installability,
  chosen: Int32Array,
): InstallSetWalker {
  const count = universe.clauses.alternatives.length;
  const target = Int32Array.from({ length: count + 1 }, (_, clause) => clause);
  const unitClauses = { offset: target, target: target.subarray(0, count) };
  return new InstallSetWalker({ ...universe, unitClauses }, installability, chosen);
}
