import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import {
  CANDIDATES,
  CONFLICTS,
  DECIDED,
  DEPENDS,
  FORBIDDEN,
  LEARNED,
  ROOT,
  UNUSABLE,
  type Assignment,
  type Rule,
} from './assignment.ts';
import type { Constraints } from './constraints.ts';
import type { LearnedClauses } from './learned-clauses.ts';

/** Where the rules are that `Assignment` refers to. */
export interface RuleBook {
  readonly constraints: Constraints;
  readonly assignment: Assignment;
  readonly learned: LearnedClauses;
}

/**
 * Appends the variables that a rule speaks of to `into`. The one that it implies may be among them or not; some may occur
 * twice. What is a fact by itself has none.
 */
export function pushAntecedents(book: RuleBook, rule: Rule, cause: number, into: number[]): void {
  switch (rule) {
    case DECIDED:
    case UNUSABLE:
    case FORBIDDEN:
    case ROOT:
      return;
    case DEPENDS:
    case CONFLICTS:
      into.push(cause);
      return;
    case CANDIDATES: {
      const { candidates } = book.constraints;
      into.push(book.assignment.nodeCount + cause);
      const end = edgesTo(candidates, cause);
      for (let edge = edgesFrom(candidates, cause); edge < end; edge++)
        into.push(at(candidates.target, edge));
      return;
    }
    case LEARNED:
      book.learned.pushVariables(cause, into);
      return;
  }
}
