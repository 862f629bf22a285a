import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, rowCount } from '../../base/csr.ts';
import type { RuleBook } from './antecedents.ts';
import {
  Assignment,
  FALSE,
  FORBIDDEN,
  LEARNED,
  ROOT,
  TRUE,
  UNDECIDED,
  type Implication,
} from './assignment.ts';
import { ConflictAnalysis } from './conflict-analysis.ts';
import type { Constraints, Request } from './constraints.ts';
import { LearnedClauses, variableOf, wantedValue } from './learned-clauses.ts';
import { Propagator } from './propagator.ts';

/**
 * Finds a set that meets a request by conflict-driven clause learning. Decisions follow needs: the earliest clause that must
 * hold and doesn't yet takes its first candidate that is undecided. What is undecided in the end isn't installed.
 */
export class Search {
  readonly book: RuleBook;
  readonly #propagator: Propagator;
  readonly #analysis: ConflictAnalysis;
  /** Place on the trail before which every clause that must hold does. */
  #settled = 0;
  /** That place when each level was opened. */
  readonly #settledBefore: Int32Array;

  constructor(constraints: Constraints, usable: Uint8Array) {
    const assignment = new Assignment(rowCount(constraints.candidates), usable);
    const learned = new LearnedClauses(assignment);
    this.book = { constraints, assignment, learned };
    this.#propagator = new Propagator(constraints, assignment, learned);
    this.#analysis = new ConflictAnalysis(this.book);
    this.#settledBefore = new Int32Array(assignment.value.length + 1);
  }

  /** Starts a request: its forbidden nodes are false, nothing is required yet. Forgets the last one. O(what that touched) */
  begin(forbidden: Request['forbidden'], heedsConflicts: boolean): void {
    const { assignment, learned } = this.book;
    assignment.clear();
    learned.clear();
    this.#propagator.clear(heedsConflicts);
    this.#settled = 0;
    for (let place = 0; place < forbidden.length; place++) {
      const node = at(forbidden, place);
      if (assignment.value[node] === UNDECIDED) assignment.assign(node, FALSE, FORBIDDEN, -1);
    }
  }

  /** @returns undefined when the assignment meets the request, else a clash that rests on no decision */
  run(roots: Request['roots']): Implication | undefined {
    const { assignment } = this.book;
    for (let place = 0; place < roots.length; place++) {
      const variable = assignment.nodeCount + at(roots, place);
      if (assignment.value[variable] === UNDECIDED) assignment.assign(variable, TRUE, ROOT, -1);
    }
    for (;;) {
      const clash = this.#propagator.propagate();
      if (clash === undefined) {
        const node = this.#nextCandidate();
        if (node === -1) return undefined;
        assignment.decide(node);
        this.#settledBefore[assignment.currentLevel] = this.#settled;
      } else {
        if (assignment.currentLevel === 0) return clash;
        this.#learn(clash);
      }
    }
  }

  #learn(clash: Implication): void {
    const { assignment } = this.book;
    const { clause, literal, level } = this.#analysis.learn(clash);
    this.#settled = at(this.#settledBefore, level + 1);
    assignment.backTo(level);
    this.#propagator.retreat();
    assignment.assign(variableOf(literal), wantedValue(literal), LEARNED, clause);
  }

  /** The first undecided candidate of the first clause that must hold and doesn't; -1: all do. */
  #nextCandidate(): number {
    const { assignment } = this.book;
    const { nodeCount, trail, value } = assignment;
    for (; this.#settled < assignment.size; this.#settled++) {
      const variable = at(trail, this.#settled);
      if (variable < nodeCount || value[variable] === FALSE) continue;
      const node = this.#openCandidate(variable - nodeCount);
      if (node !== -1) return node;
    }
    return -1;
  }

  #openCandidate(clause: number): number {
    const { assignment, constraints } = this.book;
    const { candidates } = constraints;
    let open = -1;
    const end = edgesTo(candidates, clause);
    for (let edge = edgesFrom(candidates, clause); edge < end; edge++) {
      const node = at(candidates.target, edge);
      if (assignment.value[node] === TRUE) return -1;
      if (open === -1 && assignment.value[node] === UNDECIDED) open = node;
    }
    return open;
  }
}
