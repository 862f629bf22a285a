import { float64At, int32At } from '../base/cells.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import { at } from '../base/column.ts';
import type { Side } from './side.ts';

/** What the tasks of one side's plan wait for, directly or not. */
export class SideWaits {
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #needs: Csr;
  readonly #startMs: Float64Array;
  /** Of each task the number of its unit, or -1. */
  readonly #number: Int32Array;
  /** Of each unit when the first task of that number starts. */
  readonly #earliestMs: Float64Array;
  /** Which search last came by. */
  readonly #seen: Int32Array;
  #searches = 0;

  /** @param numberOf the unit of a task, 0 .. `count` - 1. O(tasks + needs) */
  constructor({ byId }: Side, numberOf: (id: string) => number | undefined, count: number) {
    const tasks = Array.from(byId.values(), ({ task }) => task);
    this.#indexOf = new Map(tasks.map(({ id }, index) => [id, index]));
    const edges = new EdgeList();
    tasks.forEach(({ needs }, index) => {
      for (const need of needs) {
        const needed = this.#indexOf.get(need);
        if (needed !== undefined) edges.push(index, needed);
      }
    });
    this.#needs = buildCsr(tasks.length, edges);
    this.#startMs = Float64Array.from(tasks, ({ startMs }) => startMs);
    this.#number = Int32Array.from(tasks, ({ id }) => numberOf(id) ?? -1);
    this.#earliestMs = new Float64Array(count).fill(Infinity);
    this.#number.forEach((number, index) => {
      if (number >= 0)
        this.#earliestMs[number] = Math.min(at(this.#earliestMs, number), at(this.#startMs, index));
    });
    this.#seen = new Int32Array(tasks.length).fill(-1);
  }

  /**
   * Those of some units that a task waits for. What starts before all of them leads to none of them, since a plan's needs end before
   * what waits for them starts. O(what it waits for from then on)
   */
  among(id: string, units: readonly number[]): ReadonlySet<number> {
    const wanted = new Set(units);
    const found = new Set<number>();
    const first = this.#indexOf.get(id);
    if (first === undefined || units.length === 0) return found;
    const sinceMs = Math.min(...units.map((unit) => float64At(this.#earliestMs, unit)));
    const search = this.#searches++;
    const open = [first];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (let edge = edgesFrom(this.#needs, next); edge < edgesTo(this.#needs, next); edge++) {
        const need = int32At(this.#needs.target, edge);
        if (this.#seen[need] === search || float64At(this.#startMs, need) < sinceMs) continue;
        this.#seen[need] = search;
        const number = int32At(this.#number, need);
        if (wanted.has(number)) found.add(number);
        open.push(need);
      }
      if (found.size === wanted.size) break;
    }
    return found;
  }
}
