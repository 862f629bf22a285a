import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, rowCount } from '../../base/csr.ts';
import {
  CANDIDATES,
  CONFLICTS,
  DEPENDS,
  FALSE,
  LEARNED,
  TRUE,
  UNDECIDED,
  type Assignment,
  type Implication,
  type Rule,
} from './assignment.ts';
import type { Constraints } from './constraints.ts';
import { variableOf, wantedValue, type LearnedClauses } from './learned-clauses.ts';
import { WatchLists } from './watch-lists.ts';

/**
 * Draws the conclusions of what is assigned. A clause that must hold watches two of its candidates that may still be
 * installed (entries `2 * clause` and the next); it needs no watch when one is installed already, because what it hangs
 * on is forgotten no later than the clause. That all candidates of a clause are gone is noticed where it must hold, not
 * before: else one dead clause would touch everything that ever asks for it.
 */
export class Propagator {
  readonly #constraints: Constraints;
  readonly #assignment: Assignment;
  readonly #learned: LearnedClauses;
  readonly #watches: WatchLists;
  #next = 0;
  #heedsConflicts = true;
  #clash: Implication | undefined;

  constructor(constraints: Constraints, assignment: Assignment, learned: LearnedClauses) {
    this.#constraints = constraints;
    this.#assignment = assignment;
    this.#learned = learned;
    this.#watches = new WatchLists(assignment.nodeCount, 2 * rowCount(constraints.candidates));
  }

  /** Forgets the last request. O(what it touched). */
  clear(heedsConflicts: boolean): void {
    this.#next = 0;
    this.#heedsConflicts = heedsConflicts;
    this.#watches.clear();
  }

  /** Goes on with what was assigned since the last call. @returns the rule that can't be kept, if there is one */
  propagate(): Implication | undefined {
    const { nodeCount, trail, value } = this.#assignment;
    this.#clash = undefined;
    while (this.#next < this.#assignment.size) {
      const variable = at(trail, this.#next++);
      const isTrue = value[variable] === TRUE;
      const isFine =
        variable >= nodeCount
          ? !isTrue || this.#require(variable - nodeCount)
          : isTrue
            ? this.#install(variable)
            : this.#exclude(variable);
      if (!isFine || !this.#recall(2 * variable + Number(isTrue))) return this.#clash;
    }
    return undefined;
  }

  /** Forgets what the assignment has forgotten. */
  retreat(): void {
    this.#next = Math.min(this.#next, this.#assignment.size);
  }

  #install(node: number): boolean {
    const { conflicts, nodeClauses } = this.#constraints;
    if (this.#heedsConflicts) {
      const end = edgesTo(conflicts, node);
      for (let edge = edgesFrom(conflicts, node); edge < end; edge++) {
        if (!this.#imply(at(conflicts.target, edge), FALSE, CONFLICTS, node)) return false;
      }
    }
    const end = edgesTo(nodeClauses, node);
    for (let edge = edgesFrom(nodeClauses, node); edge < end; edge++) {
      const variable = this.#assignment.nodeCount + at(nodeClauses.target, edge);
      if (!this.#imply(variable, TRUE, DEPENDS, node)) return false;
    }
    return true;
  }

  /** A clause must hold from now on. */
  #require(clause: number): boolean {
    const { candidates } = this.#constraints;
    const { value } = this.#assignment;
    let first = -1;
    let second = -1;
    const end = edgesTo(candidates, clause);
    for (let edge = edgesFrom(candidates, clause); edge < end; edge++) {
      const node = at(candidates.target, edge);
      if (value[node] === TRUE) return true;
      if (value[node] === FALSE) continue;
      if (first === -1) first = node;
      else if (second === -1) second = node;
    }
    if (first === -1) {
      this.#clash = { rule: CANDIDATES, cause: clause, variable: this.#assignment.nodeCount + clause };
      return false;
    }
    if (second === -1) return this.#imply(first, TRUE, CANDIDATES, clause);
    this.#watches.watch(2 * clause, first);
    this.#watches.watch(2 * clause + 1, second);
    return true;
  }

  /** A node won't be installed: the clauses that watch it look for another one. */
  #exclude(node: number): boolean {
    for (let entry = this.#watches.first(node); entry !== -1;) {
      const next = this.#watches.next(entry);
      if (!this.#replace(entry)) return false;
      entry = next;
    }
    return true;
  }

  #replace(entry: number): boolean {
    const { candidates } = this.#constraints;
    const { nodeCount, value } = this.#assignment;
    const clause = entry >> 1;
    if (value[nodeCount + clause] !== TRUE) {
      this.#watches.unwatch(entry);
      return true;
    }
    const other = this.#watches.keyOf(entry ^ 1);
    if (value[other] === TRUE) return true;
    const end = edgesTo(candidates, clause);
    for (let edge = edgesFrom(candidates, clause); edge < end; edge++) {
      const node = at(candidates.target, edge);
      if (node === other || value[node] === FALSE) continue;
      this.#watches.watch(entry, node);
      return true;
    }
    // Left over from an earlier decision: the clause's own turn is still to come.
    if (other === -1) return true;
    return this.#imply(other, TRUE, CANDIDATES, clause);
  }

  /** A literal became false: the learned clauses that watch it look for another one. */
  #recall(literal: number): boolean {
    for (let entry = this.#learned.firstWatch(literal); entry !== -1;) {
      const next = this.#learned.nextWatch(entry);
      const forced = this.#learned.visit(entry);
      if (forced !== -1) {
        const clause = this.#learned.clauseOf(entry);
        if (!this.#imply(variableOf(forced), wantedValue(forced), LEARNED, clause)) return false;
      }
      entry = next;
    }
    return true;
  }

  #imply(variable: number, value: typeof TRUE | typeof FALSE, rule: Rule, cause: number): boolean {
    const present = at(this.#assignment.value, variable);
    if (present === UNDECIDED) this.#assignment.assign(variable, value, rule, cause);
    else if (present !== value) {
      this.#clash = { rule, cause, variable };
      return false;
    }
    return true;
  }
}
