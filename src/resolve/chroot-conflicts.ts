import type { Universe } from '../archive/universe.ts';
import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, rowCount, transpose, type Csr } from '../base/csr.ts';
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
  /** The node that each clause takes, if it is to be visited; else -1. */
  readonly #chosen: Int32Array;
  /** Row `node`: the nodes that its clauses take and that are to be visited. */
  #needs: Csr;
  /** 1: it is in every chroot of its context. */
  readonly #inEvery: Uint8Array;
  /** 1: what every chroot of the context holds conflicts with itself. */
  readonly #isHopeless: Uint8Array;
  /** The unit for which a node was met last. */
  readonly #metBy: Int32Array;
  readonly #stack: Int32Array;
  #depth = 0;

  constructor(universe: Universe, chosen: Int32Array) {
    const nodeCount = universe.nodes.name.length;
    this.#universe = universe;
    const needs = chosenNeeds(universe, chosen);
    const leadsOn = leadingTo(needs, conflictingNodes(universe));
    this.#chosen = chosen.map((node) => (leadsOn[node] === 1 ? node : -1));
    this.#needs = onlyTo(needs, leadsOn);
    this.#inEvery = new Uint8Array(nodeCount);
    this.#metBy = new Int32Array(nodeCount).fill(-1);
    this.#stack = new Int32Array(nodeCount);
    for (let context = 0; context < universe.contexts.length; context++) {
      this.#walk(universe.implicitClauses, context, (node) => {
        this.#inEvery[node] = 1;
        return false;
      });
    }
    // what every chroot holds is looked at no more
    const others = leadsOn.map((leads, node) => (this.#inEvery[node] === 1 ? 0 : leads));
    this.#needs = onlyTo(this.#needs, others);
    for (let clause = 0; clause < chosen.length; clause++)
      if (others[int32At(chosen, clause)] !== 1) this.#chosen[clause] = -1;
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
    if (this.#walk(unitClauses, unit, (node) => this.#conflicts(node, unit))) return true;
    for (let edge = edgesFrom(unitConflicts, unit); edge < edgesTo(unitConflicts, unit); edge++)
      if (this.#isMet(int32At(unitConflicts.target, edge), unit)) return true;
    return false;
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
    this.#depth = 0;
    for (let edge = edgesFrom(roots, index); edge < edgesTo(roots, index); edge++) {
      const node = int32At(this.#chosen, int32At(roots.target, edge));
      if (node >= 0) this.#meet(node, index);
    }
    while (this.#depth > 0) {
      const node = int32At(this.#stack, --this.#depth);
      if (visit(node)) return true;
      const end = edgesTo(this.#needs, node);
      for (let edge = edgesFrom(this.#needs, node); edge < end; edge++)
        this.#meet(int32At(this.#needs.target, edge), index);
    }
    return false;
  }

  #meet(node: number, index: number): void {
    if (this.#metBy[node] === index || this.#inEvery[node] === 1) return;
    this.#metBy[node] = index;
    this.#stack[this.#depth++] = node;
  }
}

/** Marks what conflicts with another node, or is kept out by a unit. */
function conflictingNodes({ nodes, nodeConflicts, unitConflicts }: Universe): Uint8Array {
  const found = new Uint8Array(nodes.name.length);
  for (const { target } of [nodeConflicts, unitConflicts])
    for (let edge = 0; edge < target.length; edge++) found[int32At(target, edge)] = 1;
  return found;
}

/** Marks the nodes from which one of the marked goals can be reached, these included. */
function leadingTo(needs: Csr, goals: Uint8Array): Uint8Array {
  const users = transpose(needs, rowCount(needs));
  const marks = goals.slice();
  const stack = new Int32Array(goals.length);
  let depth = 0;
  for (let node = 0; node < goals.length; node++) if (goals[node] === 1) stack[depth++] = node;
  while (depth > 0) {
    const node = int32At(stack, --depth);
    for (let edge = edgesFrom(users, node); edge < edgesTo(users, node); edge++) {
      const user = int32At(users.target, edge);
      if (marks[user] === 1) continue;
      marks[user] = 1;
      stack[depth++] = user;
    }
  }
  return marks;
}

/** The edges to marked targets. */
function onlyTo(csr: Csr, marks: Uint8Array): Csr {
  const offset = new Int32Array(csr.offset.length);
  const target = new Int32Array(csr.target.length);
  let size = 0;
  for (let index = 0; index < rowCount(csr); index++) {
    for (let edge = edgesFrom(csr, index); edge < edgesTo(csr, index); edge++) {
      const node = int32At(csr.target, edge);
      if (marks[node] === 1) target[size++] = node;
    }
    offset[index + 1] = size;
  }
  return { offset, target: target.slice(0, size) };
}
