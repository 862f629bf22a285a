import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { ChainStep, ConflictSide, Constraints, Contradiction } from './constraints.ts';
import type { UnsatisfiableCore } from './unsatisfiable-core.ts';

/**
 * Tells a contradiction by shortest chains inside its core: breadth first from the roots in their order, clauses of a node
 * and candidates of a clause in theirs. Of several conflicts the one with the fewest steps is told, then the one met first.
 * A core without conflicts and forbidden nodes tells of a missing candidate.
 * @param usable 0: the node can never be installed
 */
export function explainContradiction(
  constraints: Constraints,
  usable: Uint8Array,
  roots: ArrayLike<number>,
  core: UnsatisfiableCore,
): Contradiction {
  const chains = new CoreChains(constraints, usable, roots, core);
  return core.conflicts.size === 0 && core.forbidden.size === 0
    ? chains.tellMissing()
    : chains.tellConflict();
}

/** How a core's chains first came to a node. */
interface Arrival {
  readonly node: number;
  readonly clause: number;
  /** Steps from a root, this one included. */
  readonly steps: number;
  /** How many nodes were met before. */
  readonly rank: number;
}

class CoreChains {
  readonly #constraints: Constraints;
  readonly #usable: Uint8Array;
  readonly #core: UnsatisfiableCore;
  /** Clause → node that asks for it, -1 for a root; in the order met. */
  readonly #asker = new Map<number, number>();
  readonly #arrival = new Map<number, Arrival>();

  constructor(
    constraints: Constraints,
    usable: Uint8Array,
    roots: ArrayLike<number>,
    core: UnsatisfiableCore,
  ) {
    this.#constraints = constraints;
    this.#usable = usable;
    this.#core = core;
    for (let place = 0; place < roots.length; place++) {
      if (core.roots.has(at(roots, place))) this.#asker.set(at(roots, place), -1);
    }
    // Meets the clauses that it adds, too.
    for (const clause of this.#asker.keys()) this.#followClause(clause);
  }

  tellMissing(): Contradiction {
    for (const [clause, asker] of this.#asker) {
      if (this.#core.needed.has(clause) && this.#usableCandidates(clause).length === 0) {
        return { kind: 'missing', chain: this.#chainTo(asker), clause };
      }
    }
    throw new Error('BUG: nothing is missing');
  }

  tellConflict(): Contradiction {
    const forbidden: readonly (readonly [Arrival, Arrival?])[] = [...this.#core.forbidden].flatMap((node) => {
      const arrival = this.#arrival.get(node);
      return arrival === undefined ? [] : [[arrival] as const];
    });
    const [nearest] = [...forbidden, ...this.#conflicts()].sort(
      ([a, rivalOfA], [b, rivalOfB]) =>
        a.steps + (rivalOfA?.steps ?? 0) - b.steps - (rivalOfB?.steps ?? 0) ||
        a.rank - b.rank ||
        (rivalOfA?.rank ?? -1) - (rivalOfB?.rank ?? -1),
    );
    if (nearest === undefined) throw new Error('BUG: no conflict is reached');
    const [first, second] = nearest;
    const sides = [this.#side(first)] as const;
    return { kind: 'conflict', sides: second === undefined ? sides : [...sides, this.#side(second)] };
  }

  #conflicts(): readonly (readonly [Arrival, Arrival])[] {
    const found: (readonly [Arrival, Arrival])[] = [];
    for (const [node, rivals] of this.#core.conflicts) {
      const own = this.#arrival.get(node);
      if (own === undefined) continue;
      for (const rival of rivals) {
        const other = this.#arrival.get(rival);
        if (other !== undefined) found.push(own.rank < other.rank ? [own, other] : [other, own]);
      }
    }
    return found;
  }

  #followClause(clause: number): void {
    if (!this.#core.needed.has(clause)) return;
    const steps = (this.#arrival.get(this.#asker.get(clause) ?? -1)?.steps ?? 0) + 1;
    for (const node of this.#usableCandidates(clause)) {
      if (this.#arrival.has(node)) continue;
      this.#arrival.set(node, { node, clause, steps, rank: this.#arrival.size });
      if (!this.#core.forbidden.has(node)) this.#followNode(node);
    }
  }

  #followNode(node: number): void {
    const { nodeClauses } = this.#constraints;
    const wanted = this.#core.depends.get(node);
    if (wanted === undefined) return;
    for (let edge = edgesFrom(nodeClauses, node); edge < edgesTo(nodeClauses, node); edge++) {
      const clause = at(nodeClauses.target, edge);
      if (wanted.has(clause) && !this.#asker.has(clause)) this.#asker.set(clause, node);
    }
  }

  #usableCandidates(clause: number): readonly number[] {
    const { candidates } = this.#constraints;
    return [...candidates.target.subarray(edgesFrom(candidates, clause), edgesTo(candidates, clause))].filter(
      (node) => this.#usable[node] !== 0,
    );
  }

  #side({ node }: Arrival): ConflictSide {
    return { node, chain: this.#chainTo(node) };
  }

  /** @param end a node that was met, or -1 for no step at all */
  #chainTo(end: number): readonly ChainStep[] {
    const chain: ChainStep[] = [];
    let arrival = this.#arrival.get(end);
    while (arrival !== undefined) {
      const { clause, node } = arrival;
      chain.push({ clause, node });
      arrival = this.#arrival.get(this.#asker.get(clause) ?? -1);
    }
    return chain.reverse();
  }
}
