import { at } from '../../base/column.ts';
import { FALSE, TRUE, UNDECIDED, type Assignment, type Implication } from './assignment.ts';
import { WatchLists } from './watch-lists.ts';

/** `2 * variable`: it is true; one more: it is false. */
export type Literal = number;

/** The literal that a variable's present value makes false. */
export function falseLiteral({ value }: Assignment, variable: number): Literal {
  return 2 * variable + (value[variable] === TRUE ? 1 : 0);
}

export function variableOf(literal: Literal): number {
  return literal >> 1;
}

/** What makes a literal true. */
export function wantedValue(literal: Literal): typeof TRUE | typeof FALSE {
  return (literal & 1) === 0 ? TRUE : FALSE;
}

/** How a learned clause was derived, for the explanation. */
export interface Derivation {
  /** The rules that were resolved. */
  readonly rules: readonly Implication[];
  /** Variables of level 0 whose value was taken as given. */
  readonly settled: readonly number[];
}

/**
 * Clauses that conflict analysis found for the present request: one literal of each must be true. The first two literals
 * are watched: as long as neither is false, or one is true, the clause asks for nothing.
 */
export class LearnedClauses {
  readonly #literals: number[] = [];
  readonly #start: number[] = [0];
  readonly #derivations: Derivation[] = [];
  readonly #watches: WatchLists;
  readonly #assignment: Assignment;

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    this.#watches = new WatchLists(2 * assignment.value.length, 0);
  }

  /**
   * @param literals all false; the first one is about to be made true, the second one of the highest level of the others
   * @returns the clause's number
   */
  add(literals: readonly Literal[], derivation: Derivation): number {
    const clause = this.#derivations.push(derivation) - 1;
    for (const literal of literals) this.#literals.push(literal);
    this.#start.push(this.#literals.length);
    if (literals.length > 1) {
      this.#watches.watch(2 * clause, at(literals, 0));
      this.#watches.watch(2 * clause + 1, at(literals, 1));
    }
    return clause;
  }

  derivationOf(clause: number): Derivation {
    return at(this.#derivations, clause);
  }

  pushVariables(clause: number, into: number[]): void {
    const end = at(this.#start, clause + 1);
    for (let place = at(this.#start, clause); place < end; place++) {
      into.push(variableOf(at(this.#literals, place)));
    }
  }

  /** First entry that watches a literal, or -1; an entry stands for one watched literal of one clause. */
  firstWatch(literal: Literal): number {
    return this.#watches.first(literal);
  }

  nextWatch(entry: number): number {
    return this.#watches.next(entry);
  }

  clauseOf(entry: number): number {
    return entry >> 1;
  }

  /**
   * Tells an entry that its literal became false.
   * @returns the literal that must be true now, or -1 when the clause asks for nothing
   */
  visit(entry: number): Literal {
    const start = at(this.#start, entry >> 1);
    const end = at(this.#start, (entry >> 1) + 1);
    const own = start + (entry & 1);
    const other = at(this.#literals, start + 1 - (entry & 1));
    if (this.#valueOf(other) === TRUE) return -1;
    for (let place = start + 2; place < end; place++) {
      const literal = at(this.#literals, place);
      if (this.#valueOf(literal) === FALSE) continue;
      this.#literals[place] = at(this.#literals, own);
      this.#literals[own] = literal;
      this.#watches.watch(entry, literal);
      return -1;
    }
    return other;
  }

  /** Forgets everything. O(what was learned). */
  clear(): void {
    this.#literals.length = 0;
    this.#start.length = 1;
    this.#derivations.length = 0;
    this.#watches.clear();
  }

  #valueOf(literal: Literal): number {
    const value = at(this.#assignment.value, variableOf(literal));
    if (value === UNDECIDED) return UNDECIDED;
    return value === wantedValue(literal) ? TRUE : FALSE;
  }
}
