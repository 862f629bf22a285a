import { at } from '../../base/column.ts';
import type { Random } from '../../base/random.ts';
import { emptyList, type TaskList } from './task-list.ts';

/** A list and what came of it. */
export interface Individual {
  readonly list: TaskList;
  makespanMs: number;
  /** Of all ends: tells apart what ends at the same time. */
  sumMs: number;
}

export function isBetter(a: Individual, b: Individual): boolean {
  return a.makespanMs < b.makespanMs || (a.makespanMs === b.makespanMs && a.sumMs < b.sumMs);
}

/** Individuals that are all unlike, and a spare one to work on. Nothing is allocated after the start. */
export class Population {
  readonly #taskCount: number;
  readonly #members: Individual[];
  #size = 0;

  constructor(capacity: number, taskCount: number) {
    this.#taskCount = taskCount;
    this.#members = Array.from({ length: capacity + 1 }, () => this.makeIndividual());
  }

  makeIndividual(): Individual {
    return { list: emptyList(this.#taskCount), makespanMs: Infinity, sumMs: Infinity };
  }

  get size(): number {
    return this.#size;
  }

  get isFull(): boolean {
    return this.#size === this.#members.length - 1;
  }

  /** No member: the next child is made here. */
  get spare(): Individual {
    return at(this.#members, this.#size);
  }

  at(index: number): Individual {
    return at(this.#members, index);
  }

  /** Makes the spare one a member; the population must not be full. */
  add(): void {
    this.#size++;
  }

  /** The better of two. */
  pick(random: Random): Individual {
    const one = at(this.#members, Math.floor(random() * this.#size));
    const other = at(this.#members, Math.floor(random() * this.#size));
    return isBetter(one, other) ? one : other;
  }

  /** Puts the spare one in the place of the worst member, if it is better and unlike all. */
  replaceWorst(): void {
    const child = this.spare;
    let worst = 0;
    for (let index = 0; index < this.#size; index++) {
      const member = at(this.#members, index);
      if (member.makespanMs === child.makespanMs && member.sumMs === child.sumMs) return;
      if (isBetter(at(this.#members, worst), member)) worst = index;
    }
    const loser = at(this.#members, worst);
    if (!isBetter(child, loser)) return;
    this.#members[worst] = child;
    this.#members[this.#size] = loser;
  }
}
