import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, groupCells, type Csr } from '../base/csr.ts';
import type { ReachedNeeds } from '../resolve/chosen-needs.ts';
import { stronglyConnected } from './strongly-connected.ts';

/** Beyond this many cells (64 MB), further closures are walked anew each time: those of a long chain would fill the memory. */
const MOST_CELLS = 2 ** 24;

/**
 * Unites closures: what some nodes pull in, over and over for other ones. Nodes that lead to each other are one component;
 * the closure of each component is found once, as a row of components, and rows that a union already holds are passed over, so
 * that it costs little more than what it finds.
 * Once O(nodes + edges + rows), for each union O(its nodes × a small factor).
 */
export class InstallClosures {
  /** The wanted nodes that were met since `begin`, each once, in no order that means anything: the first `count` cells. */
  readonly met: Int32Array;
  count = 0;
  readonly #needs: Csr;
  readonly #placeOf: Int32Array;
  readonly #componentOf: Int32Array;
  /** Row `component`: the places of its nodes. */
  readonly #members: Csr;
  /** Row `component`: its nodes that are wanted. */
  readonly #wanted: Csr;
  /** Where the closure of a component begins in `#cells`, and where it ends: itself first. The same: it has none. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #cells = new Int32Array(1024);
  #size = 0;
  /** Last round in which a component was met. */
  readonly #stamp: Int32Array;
  #round = 0;

  /** @param isWanted whether a node is told when it is met */
  constructor({ nodes, placeOf, needs }: ReachedNeeds, isWanted: (node: number) => boolean) {
    const { of, count } = stronglyConnected(needs);
    this.#needs = needs;
    this.#placeOf = placeOf;
    this.#componentOf = of;
    this.#members = groupCells(of, count);
    const wanted = groupCells(
      of.map((component, place) => (isWanted(int32At(nodes, place)) ? component : -1)),
      count,
    );
    this.#wanted = { offset: wanted.offset, target: wanted.target.map((place) => int32At(nodes, place)) };
    this.met = new Int32Array(wanted.target.length);
    this.#stamp = new Int32Array(count);
    this.#from = new Int32Array(count);
    this.#to = new Int32Array(count);
    for (let component = 0; component < count; component++) this.#layRow(component);
    this.#round = count;
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
    return int32At(this.#from, component) < int32At(this.#to, component);
  }

  #meetRow(component: number): void {
    const end = int32At(this.#to, component);
    for (let cell = int32At(this.#from, component); cell < end; cell++) {
      const other = int32At(this.#cells, cell);
      if (this.#stamp[other] !== this.#round) this.#meetComponent(other);
    }
  }

  #meetComponent(component: number): void {
    this.#stamp[component] = this.#round;
    const end = edgesTo(this.#wanted, component);
    for (let place = edgesFrom(this.#wanted, component); place < end; place++)
      this.met[this.count++] = int32At(this.#wanted.target, place);
  }

  /** Meets a component without a row, and what follows from it. */
  #walk(start: number): void {
    const stack = [start];
    for (let component = stack.pop(); component !== undefined; component = stack.pop()) {
      if (this.#stamp[component] === this.#round) continue;
      if (this.#hasRow(component)) {
        this.#meetRow(component);
        continue;
      }
      this.#meetComponent(component);
      this.#eachNext(component, (next) => {
        stack.push(next);
        return true;
      });
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
    const start = this.#size;
    this.#from[component] = start;
    if (start < MOST_CELLS) {
      this.#round = component + 1;
      this.#stamp[component] = this.#round;
      this.#append(component);
      const isWhole = this.#eachNext(component, (next) => {
        if (this.#hasRow(next)) this.#appendRow(next);
        return this.#hasRow(next);
      });
      if (!isWhole) this.#size = start;
    }
    this.#to[component] = this.#size;
  }

  #appendRow(component: number): void {
    const end = int32At(this.#to, component);
    for (let cell = int32At(this.#from, component); cell < end; cell++) {
      const other = int32At(this.#cells, cell);
      if (this.#stamp[other] === this.#round) continue;
      this.#stamp[other] = this.#round;
      this.#append(other);
    }
  }

  #append(component: number): void {
    if (this.#size === this.#cells.length) {
      const larger = new Int32Array(this.#size * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.#size++] = component;
  }
}
