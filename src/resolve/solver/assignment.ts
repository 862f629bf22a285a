import { at } from '../../base/column.ts';

export const FALSE = -1;
export const UNDECIDED = 0;
export const TRUE = 1;

/** Why a variable has its value; `cause` says which one of the kind. */
export type Rule =
  | typeof DECIDED
  | typeof UNUSABLE
  | typeof FORBIDDEN
  | typeof ROOT
  | typeof DEPENDS
  | typeof CONFLICTS
  | typeof CANDIDATES
  | typeof LEARNED;
export const DECIDED = 0;
/** The node can never be installed. */
export const UNUSABLE = 1;
/** The request forbids the node. */
export const FORBIDDEN = 2;
/** The request asks for the clause. */
export const ROOT = 3;
/** The clause must hold because node `cause` is installed. */
export const DEPENDS = 4;
/** The node can't be installed beside node `cause`. */
export const CONFLICTS = 5;
/** The node is the last candidate left of clause `cause`. */
export const CANDIDATES = 6;
/** All else in learned clause `cause` is false. */
export const LEARNED = 7;

/** A rule at work: with everything else it names as it is, `variable` must have the value that it has, or that it lacks. */
export interface Implication {
  readonly rule: Rule;
  readonly cause: number;
  readonly variable: number;
}

/**
 * What is true so far, and why, in the order in which it became so. Variables `0 .. nodeCount - 1` say that a node is
 * installed, the ones from `nodeCount` on that a clause must hold. Level 0 rests on the request alone, each higher level on
 * one more decision.
 */
export class Assignment {
  readonly nodeCount: number;
  /** `TRUE`, `FALSE` or `UNDECIDED`; one cell a variable, as in the next three. */
  readonly value: Int8Array;
  readonly level: Int32Array;
  readonly cause: Int32Array;
  /** Assigned variables, the earliest first; `size` of them count. */
  readonly trail: Int32Array;
  readonly #rule: Rule[];
  /** Size of the trail before each level. */
  readonly #start: Int32Array;
  #size = 0;
  #level = 0;

  constructor(clauseCount: number, usable: Uint8Array) {
    this.nodeCount = usable.length;
    const count = usable.length + clauseCount;
    this.value = new Int8Array(count);
    this.level = new Int32Array(count);
    this.cause = new Int32Array(count);
    this.trail = new Int32Array(count);
    this.#rule = new Array<Rule>(count).fill(UNUSABLE);
    this.#start = new Int32Array(count + 1);
    for (let node = 0; node < usable.length; node++) if (usable[node] === 0) this.value[node] = FALSE;
  }

  get size(): number {
    return this.#size;
  }

  get currentLevel(): number {
    return this.#level;
  }

  ruleOf(variable: number): Rule {
    return at(this.#rule, variable);
  }

  /** @param variable an undecided one */
  assign(variable: number, value: typeof TRUE | typeof FALSE, rule: Rule, cause: number): void {
    this.value[variable] = value;
    this.level[variable] = this.#level;
    this.#rule[variable] = rule;
    this.cause[variable] = cause;
    this.trail[this.#size++] = variable;
  }

  /** Opens a level with a node that is taken without being forced. */
  decide(node: number): void {
    this.#level++;
    this.#start[this.#level] = this.#size;
    this.assign(node, TRUE, DECIDED, -1);
  }

  /** Forgets the levels above one. */
  backTo(level: number): void {
    if (level >= this.#level) return;
    this.#shrink(at(this.#start, level + 1));
    this.#level = level;
  }

  /** Forgets the request: only what is unusable stays. O(what was assigned). */
  clear(): void {
    this.#shrink(0);
    this.#level = 0;
  }

  #shrink(size: number): void {
    while (this.#size > size) this.value[at(this.trail, --this.#size)] = UNDECIDED;
  }
}
