import { at } from '../../base/column.ts';
import { pushAntecedents, type RuleBook } from './antecedents.ts';
import {
  CANDIDATES,
  CONFLICTS,
  DECIDED,
  DEPENDS,
  FORBIDDEN,
  LEARNED,
  ROOT,
  UNUSABLE,
  type Implication,
} from './assignment.ts';

/** The part of the constraints and of the request from which a contradiction follows. */
export interface UnsatisfiableCore {
  /** Clauses that the request asks for. */
  readonly roots: ReadonlySet<number>;
  /** Clauses that need one of their candidates. */
  readonly needed: ReadonlySet<number>;
  /** Node → its clauses. */
  readonly depends: ReadonlyMap<number, ReadonlySet<number>>;
  /** Node → nodes in conflict with it; each pair under one of the two. */
  readonly conflicts: ReadonlyMap<number, ReadonlySet<number>>;
  readonly forbidden: ReadonlySet<number>;
}

/**
 * Follows a clash of level 0 back, through all that was learned, to what the request and the constraints say.
 * O(the proof).
 */
export function findCore(book: RuleBook, clash: Implication): UnsatisfiableCore {
  return new ProofWalk(book).walk(clash);
}

class ProofWalk {
  readonly #book: RuleBook;
  readonly #roots = new Set<number>();
  readonly #needed = new Set<number>();
  readonly #depends = new Map<number, Set<number>>();
  readonly #conflicts = new Map<number, Set<number>>();
  readonly #forbidden = new Set<number>();
  /** Variables of level 0 that the proof uses, each once. */
  readonly #variables: number[] = [];
  readonly #isSettled = new Set<number>();
  /** Learned clauses that it uses, each once. */
  readonly #lessons: number[] = [];
  readonly #isLearned = new Set<number>();

  constructor(book: RuleBook) {
    this.#book = book;
  }

  walk(clash: Implication): UnsatisfiableCore {
    const { assignment, learned } = this.#book;
    this.#settle(clash.variable);
    this.#follow(clash);
    for (;;) {
      const variable = this.#variables.pop();
      if (variable !== undefined) {
        this.#follow({ rule: assignment.ruleOf(variable), cause: at(assignment.cause, variable), variable });
        continue;
      }
      const lesson = this.#lessons.pop();
      if (lesson === undefined) break;
      const { rules, settled } = learned.derivationOf(lesson);
      for (const implication of rules) this.#note(implication);
      for (const each of settled) this.#settle(each);
    }
    return {
      roots: this.#roots,
      needed: this.#needed,
      depends: this.#depends,
      conflicts: this.#conflicts,
      forbidden: this.#forbidden,
    };
  }

  /** Notes a rule whose variables all have their value at level 0, and takes these up. */
  #follow(implication: Implication): void {
    this.#note(implication);
    const antecedents: number[] = [];
    pushAntecedents(this.#book, implication.rule, implication.cause, antecedents);
    for (const variable of antecedents) this.#settle(variable);
  }

  #settle(variable: number): void {
    if (this.#isSettled.has(variable)) return;
    this.#isSettled.add(variable);
    this.#variables.push(variable);
  }

  #note({ rule, cause, variable }: Implication): void {
    const { nodeCount } = this.#book.assignment;
    switch (rule) {
      case DECIDED:
      case UNUSABLE:
        return;
      case FORBIDDEN:
        this.#forbidden.add(variable);
        return;
      case ROOT:
        this.#roots.add(variable - nodeCount);
        return;
      case DEPENDS:
        addTo(this.#depends, cause, variable - nodeCount);
        return;
      case CONFLICTS:
        addTo(this.#conflicts, cause, variable);
        return;
      case CANDIDATES:
        this.#needed.add(cause);
        return;
      case LEARNED:
        if (this.#isLearned.has(cause)) return;
        this.#isLearned.add(cause);
        this.#lessons.push(cause);
        return;
    }
  }
}

function addTo(sets: Map<number, Set<number>>, key: number, value: number): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}
