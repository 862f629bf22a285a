import { rowCount } from '../../base/csr.ts';
import { TRUE, UNDECIDED } from './assignment.ts';
import { ClosureWalk } from './closure-walk.ts';
import type { Constraints, Contradiction, Outcome, Request } from './constraints.ts';
import { explainContradiction } from './explain-contradiction.ts';
import { Search } from './search.ts';
import { findCore } from './unsatisfiable-core.ts';

/**
 * Finds what to install so that a request's roots hold, its forbidden nodes stay out and nothing conflicts; complete: when
 * there is a set, one is found. One solver answers many requests, each as if it were the first. The time of one is in
 * proportion to the part of the constraints that it touches, unless conflicts make it search; then it is exponential at worst.
 *
 * If taking the first usable candidate of each clause meets no conflict (breadth first from the roots; what is in the set
 * already satisfies a clause), that is the answer. If not, it is a set found by search, in which every node is still asked for
 * in the same way. Nodes that aren't usable are never installed.
 */
export class DependencySolver {
  readonly #constraints: Constraints;
  readonly #usable: Uint8Array;
  readonly #walk: ClosureWalk;
  readonly #search: Search;

  /** @param usable one cell a node, 0: it can never be installed; copied */
  constructor(constraints: Constraints, usable: Uint8Array) {
    this.#constraints = constraints;
    this.#usable = usable.slice();
    this.#walk = new ClosureWalk(constraints, usable.length, rowCount(constraints.candidates));
    this.#search = new Search(constraints, this.#usable);
  }

  solve({ roots, forbidden }: Request): Outcome {
    const { value } = this.#search.book.assignment;
    this.#search.begin(forbidden, true);
    const preferred = this.#walk.walk(roots, value, UNDECIDED);
    if (preferred !== undefined) return { kind: 'installed', installed: preferred };
    const clash = this.#search.run(roots);
    if (clash === undefined) {
      const installed = this.#walk.walk(roots, value, TRUE);
      if (installed === undefined) throw new Error('BUG: what was found does not hold');
      return { kind: 'installed', installed };
    }
    const core = findCore(this.#search.book, clash);
    return this.#explainMissing(roots) ?? explainContradiction(this.#constraints, this.#usable, roots, core);
  }

  /** Tries again without conflicts and forbidden nodes: if that fails too, something is missing. */
  #explainMissing(roots: Request['roots']): Contradiction | undefined {
    this.#search.begin([], false);
    const clash = this.#search.run(roots);
    if (clash === undefined) return undefined;
    const core = findCore(this.#search.book, clash);
    return explainContradiction(this.#constraints, this.#usable, roots, core);
  }
}
