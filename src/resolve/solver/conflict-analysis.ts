import { at } from '../../base/column.ts';
import { pushAntecedents, type RuleBook } from './antecedents.ts';
import type { Implication } from './assignment.ts';
import { falseLiteral, type Literal } from './learned-clauses.ts';

/** What a clash teaches. */
export interface Lesson {
  /** Number of the learned clause. */
  readonly clause: number;
  /** The literal that it makes true at `level`. */
  readonly literal: Literal;
  readonly level: number;
}

/**
 * Learns from clashes: resolves the rules that led to one until a single variable of the present level is left (the first
 * unique implication point), which then must have the other value.
 * @see Marques-Silva, Sakallah 1999, GRASP; Zhang et al. 2001, on the choice of the point
 */
export class ConflictAnalysis {
  readonly #book: RuleBook;
  readonly #isMet: Uint8Array;
  readonly #antecedents: number[] = [];
  #met: number[] = [];
  #literals: Literal[] = [];
  #rules: Implication[] = [];
  #settled: number[] = [];
  /** Variables of the present level that are met and not resolved yet. */
  #open = 0;

  constructor(book: RuleBook) {
    this.#book = book;
    this.#isMet = new Uint8Array(book.assignment.value.length);
  }

  /** @param clash found above level 0 */
  learn(clash: Implication): Lesson {
    const { assignment, learned } = this.#book;
    this.#rules = [];
    this.#settled = [];
    this.#met = [];
    this.#literals = [-1];
    this.#open = 0;
    this.#meet(clash.variable);
    this.#resolve(clash);
    const literal = falseLiteral(assignment, this.#uniquePoint());
    this.#literals[0] = literal;
    const level = this.#bringHighestLevelSecond();
    for (const variable of this.#met) this.#isMet[variable] = 0;
    const clause = learned.add(this.#literals, { rules: this.#rules, settled: this.#settled });
    return { clause, literal, level };
  }

  #uniquePoint(): number {
    const { assignment } = this.#book;
    for (let place = assignment.size - 1; ; place--) {
      const variable = at(assignment.trail, place);
      if (this.#isMet[variable] === 0) continue;
      this.#open--;
      if (this.#open === 0) return variable;
      this.#resolve({ rule: assignment.ruleOf(variable), cause: at(assignment.cause, variable), variable });
    }
  }

  #resolve(implication: Implication): void {
    this.#rules.push(implication);
    this.#antecedents.length = 0;
    pushAntecedents(this.#book, implication.rule, implication.cause, this.#antecedents);
    for (const variable of this.#antecedents) this.#meet(variable);
  }

  #meet(variable: number): void {
    if (this.#isMet[variable] === 1) return;
    this.#isMet[variable] = 1;
    this.#met.push(variable);
    const { assignment } = this.#book;
    const level = at(assignment.level, variable);
    if (level === 0) this.#settled.push(variable);
    else if (level === assignment.currentLevel) this.#open++;
    else this.#literals.push(falseLiteral(assignment, variable));
  }

  /** @returns that level: the one on which the learned clause decides something; 0 when it has one literal only */
  #bringHighestLevelSecond(): number {
    const { level } = this.#book.assignment;
    let highest = 0;
    for (let place = 1; place < this.#literals.length; place++) {
      const literal = at(this.#literals, place);
      const own = at(level, literal >> 1);
      if (own <= highest) continue;
      highest = own;
      this.#literals[place] = at(this.#literals, 1);
      this.#literals[1] = literal;
    }
    return highest;
  }
}
