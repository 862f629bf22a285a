import type { Universe } from '../archive/universe.ts';
import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, row, rowCount, transpose, type Csr } from '../base/csr.ts';
import { chooseNodes } from './choose-nodes.ts';
import { chosenNeeds } from './chosen-needs.ts';
import type { Installability } from './installability.ts';

/**
 * The units that are built though the first choice of each clause, all together, holds two nodes that can't be installed side
 * by side, or one that the unit keeps out; ascending. For all others, that choice proves that they can be built.
 * Cost: O(requirements) once; for each unit only the part of its install set from which a conflict can be reached.
 */
export function unitsWithConflicts(universe: Universe, installability: Installability): readonly number[] {
  const firsts = new Int32Array(universe.clauses.alternatives.length);
  const walk = new ConflictWalk(universe, chooseNodes(universe, installability, firsts));
  return universe.units
    .map(({ id }) => id)
    .filter((unit) => installability.unitBuilt[unit] === 1 && walk.hasConflict(unit));
}

/** Walks chosen nodes; what every chroot of a context holds is walked once for all its units. */
class ConflictWalk {
  readonly #universe: Universe;
  readonly #chosen: Int32Array;
  /** Row `node`: the nodes that its clauses take. */
  readonly #needs: Csr;
  /** 1: some node that conflicts with another can be reached from it. */
  readonly #leadsOn: Uint8Array;
  /** 1: it is in every chroot of its context. */
  readonly #inEvery: Uint8Array;
  /** 1: what every chroot of the context holds conflicts with itself. */
  readonly #isHopeless: Uint8Array;
  /** The unit for which a node was met last. */
  readonly #metBy: Int32Array;
  readonly #stack: Int32Array;

  constructor(universe: Universe, chosen: Int32Array) {
    const nodeCount = universe.nodes.name.length;
    this.#universe = universe;
    this.#chosen = chosen;
    this.#needs = chosenNeeds(universe, chosen);
    this.#leadsOn = leadingTo(this.#needs, conflictingNodes(universe));
    this.#inEvery = new Uint8Array(nodeCount);
    this.#metBy = new Int32Array(nodeCount).fill(-1);
    this.#stack = new Int32Array(nodeCount);
    for (let context = 0; context < universe.contexts.length; context++) {
      this.#walk(universe.implicitClauses, context, (node) => {
        this.#inEvery[node] = 1;
        return false;
      });
    }
    this.#metBy.fill(-1);
    this.#isHopeless = new Uint8Array(universe.contexts.length);
    this.#inEvery.forEach((isIn, node) => {
      const context = int32At(universe.nodes.context, node);
      if (isIn === 1 && this.#conflicts(node, -1)) this.#isHopeless[context] = 1;
    });
  }

  hasConflict(unit: number): boolean {
    const { unitClauses, unitConflicts, unitContext } = this.#universe;
    if (this.#isHopeless[int32At(unitContext, unit)] === 1) return true;
    return (
      this.#walk(unitClauses, unit, (node) => this.#conflicts(node, unit)) ||
      row(unitConflicts, unit).some((node) => this.#isMet(node, unit))
    );
  }

  #isMet(node: number, unit: number): boolean {
    return this.#inEvery[node] === 1 || this.#metBy[node] === unit;
  }

  #conflicts(node: number, unit: number): boolean {
    const { nodeConflicts } = this.#universe;
    for (let edge = edgesFrom(nodeConflicts, node); edge < edgesTo(nodeConflicts, node); edge++) {
      const other = int32At(nodeConflicts.target, edge);
      if (this.#inEvery[other] === 1 || (unit >= 0 && this.#metBy[other] === unit)) return true;
    }
    return false;
  }

  /**
   * Visits what a row of clauses pulls in, as far as it leads to conflicts and isn't in every chroot anyway; stops, and is
   * true, as soon as a visit is.
   */
  #walk(roots: Csr, index: number, visit: (node: number) => boolean): boolean {
    let depth = 0;
    const meet = (node: number): void => {
      if (node < 0 || this.#leadsOn[node] === 0 || this.#metBy[node] === index) return;
      if (this.#inEvery[node] === 1) return;
      this.#metBy[node] = index;
      this.#stack[depth++] = node;
    };
    for (let edge = edgesFrom(roots, index); edge < edgesTo(roots, index); edge++) {
      meet(int32At(this.#chosen, int32At(roots.target, edge)));
    }
    while (depth > 0) {
      const node = int32At(this.#stack, --depth);
      if (visit(node)) return true;
      for (let edge = edgesFrom(this.#needs, node); edge < edgesTo(this.#needs, node); edge++) {
        meet(int32At(this.#needs.target, edge));
      }
    }
    return false;
  }
}

/** What conflicts with another node, or is kept out by a unit. */
function conflictingNodes({ nodeConflicts, unitConflicts }: Universe): readonly number[] {
  const found = new Set<number>(unitConflicts.target);
  for (const node of nodeConflicts.target) found.add(node);
  return [...found];
}

/** Marks the nodes from which one of the goals can be reached, these included. */
function leadingTo(needs: Csr, goals: readonly number[]): Uint8Array {
  const users = transpose(needs, rowCount(needs));
  const marks = new Uint8Array(rowCount(needs));
  const stack = [...goals];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (marks[node] === 1) continue;
    marks[node] = 1;
    for (const user of row(users, node)) if (marks[user] === 0) stack.push(user);
  }
  return marks;
}
