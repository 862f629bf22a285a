import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, groupCells, type Csr } from '../base/csr.ts';
import type { ReachedNeeds } from '../resolve/chosen-needs.ts';
import { stronglyConnected } from './strongly-connected.ts';

/** 64 MB: the rows of a long chain would fill the memory. */
const MOST_CELLS = 2 ** 24;

/**
 * Unites closures: the items of what some nodes pull in, over and over for other ones. Nodes that lead to each other are one
 * component; the items of its closure are gathered once, in a row, from the rows of what it leads to, so that a union costs
 * the sum of a few rows.
 * Once O(nodes + edges × rows), for each union O(rows of its nodes).
 */
export class InstallClosures {
  /** The items that were met since `begin`, each once, in no order that means anything: the first `count` cells. */
  readonly met: Int32Array;
  count = 0;
  readonly #needs: Csr;
  readonly #placeOf: Int32Array;
  readonly #componentOf: Int32Array;
  /** Row `component`: the places of its nodes. */
  readonly #members: Csr;
  /** Item of each place; -1: none. */
  readonly #items: Int32Array;
  /** Where the row of a component begins in `#cells`, and where it ends; -1: it has none. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #cells = new Int32Array(1024);
  #size = 0;
  /** Last round in which an item or a component was met. */
  readonly #itemStamp: Int32Array;
  readonly #stamp: Int32Array;
  #round = 0;

  /**
   * @param itemOf what is told when a node is met, several nodes may have the same; -1: nothing
   * @param itemCount items are below it
   * @param mostCells room for rows; what has none is walked anew each time
   */
  constructor(
    { nodes, placeOf, needs }: ReachedNeeds,
    itemOf: (node: number) => number,
    itemCount: number,
    mostCells = MOST_CELLS,
  ) {
    const { of, count } = stronglyConnected(needs);
    this.#needs = needs;
    this.#placeOf = placeOf;
    this.#componentOf = of;
    this.#members = groupCells(of, count);
    this.#items = nodes.map(itemOf);
    this.met = new Int32Array(nodes.length);
    this.#itemStamp = new Int32Array(itemCount);
    this.#stamp = new Int32Array(count);
    this.#from = new Int32Array(count).fill(-1);
    this.#to = new Int32Array(count);
    for (let component = 0; component < count && this.#size < mostCells; component++) this.#layRow(component);
    this.begin();
  }

  /** Forgets what was met. */
  begin(): void {
    this.#round++;
    this.count = 0;
  }

  /** Meets a node that can be reached, and all that it leads to. */
  meet(node: number): void {
    const component = int32At(this.#componentOf, int32At(this.#placeOf, node));
    if (this.#stamp[component] === this.#round) return;
    if (this.#hasRow(component)) this.#meetRow(component);
    else this.#walk(component);
  }

  #hasRow(component: number): boolean {
    return int32At(this.#from, component) >= 0;
  }

  #meetRow(component: number): void {
    const cells = this.#cells;
    const round = this.#round;
    const end = int32At(this.#to, component);
    this.#stamp[component] = round;
    for (let cell = int32At(this.#from, component); cell < end; cell++) {
      const item = int32At(cells, cell);
      if (this.#itemStamp[item] === round) continue;
      this.#itemStamp[item] = round;
      this.met[this.count++] = item;
    }
  }

  /** Meets the items of a component, not what it leads to. */
  #meetMembers(component: number): void {
    this.#stamp[component] = this.#round;
    const last = edgesTo(this.#members, component);
    for (let member = edgesFrom(this.#members, component); member < last; member++) {
      const item = int32At(this.#items, int32At(this.#members.target, member));
      if (item < 0 || this.#itemStamp[item] === this.#round) continue;
      this.#itemStamp[item] = this.#round;
      this.met[this.count++] = item;
    }
  }

  /** Meets a component without a row, and what follows from it. */
  #walk(start: number): void {
    const stack = [start];
    for (let component = stack.pop(); component !== undefined; component = stack.pop()) {
      if (this.#stamp[component] === this.#round) continue;
      if (this.#hasRow(component)) this.#meetRow(component);
      else {
        this.#meetMembers(component);
        this.#eachNext(component, (next) => stack.push(next) > 0);
      }
    }
  }

  /** Where a component leads to, but for what this round has met, until `tell` is false. @returns whether it never was */
  #eachNext(component: number, tell: (next: number) => boolean): boolean {
    const last = edgesTo(this.#members, component);
    for (let member = edgesFrom(this.#members, component); member < last; member++) {
      const place = int32At(this.#members.target, member);
      for (let edge = edgesFrom(this.#needs, place); edge < edgesTo(this.#needs, place); edge++) {
        const next = int32At(this.#componentOf, int32At(this.#needs.target, edge));
        if (this.#stamp[next] !== this.#round && !tell(next)) return false;
      }
    }
    return true;
  }

  /** Unites the rows that a component leads to; where one is missing, it gets none either. */
  #layRow(component: number): void {
    this.begin();
    this.#meetMembers(component);
    let longest = -1;
    let most = 0;
    const isWhole = this.#eachNext(component, (next) => {
      if (!this.#hasRow(next)) return false;
      this.#meetRow(next);
      const length = int32At(this.#to, next) - int32At(this.#from, next);
      if (longest === -1 || length > most) {
        longest = next;
        most = length;
      }
      return true;
    });
    if (!isWhole) return;
    // what adds nothing to one that it leads to shares its row
    if (longest !== -1 && most === this.count) {
      this.#from[component] = int32At(this.#from, longest);
      this.#to[component] = int32At(this.#to, longest);
    } else this.#appendMet(component);
  }

  #appendMet(component: number): void {
    const end = this.#size + this.count;
    if (end > this.#cells.length) {
      const larger = new Int32Array(Math.max(end, this.#cells.length * 2));
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells.set(this.met.subarray(0, this.count), this.#size);
    this.#from[component] = this.#size;
    this.#to[component] = end;
    this.#size = end;
  }
}
