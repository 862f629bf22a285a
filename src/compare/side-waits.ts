import { float64At, int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import { needsOf } from './nearest-units.ts';
import type { Side } from './side.ts';

/** What the tasks of one side's plan wait for, directly or not. */
export class SideWaits {
  readonly #needs: Csr;
  readonly #startMs: Float64Array;
  /** Of each task the number of its unit, or -1. */
  readonly #number: Int32Array;
  /** Of each unit when the first task of that number starts. */
  readonly #earliestMs: Float64Array;
  /** Which search last came by. */
  readonly #seen: Int32Array;
  /** Of each unit which search last wanted it. */
  readonly #wantedBy: Int32Array;
  #searches = 0;

  /** @param numberOf one cell a task: its unit, 0 .. `count` - 1, or -1. O(tasks + needs) */
  constructor({ byId }: Side, numberOf: Int32Array, count: number) {
    this.#needs = needsOf(byId);
    this.#number = numberOf;
    this.#startMs = new Float64Array(byId.size);
    this.#earliestMs = new Float64Array(count).fill(Infinity);
    for (const { index, task } of byId.values()) {
      this.#startMs[index] = task.startMs;
      const number = int32At(numberOf, index);
      if (number >= 0) this.#earliestMs[number] = Math.min(float64At(this.#earliestMs, number), task.startMs);
    }
    this.#seen = new Int32Array(byId.size).fill(-1);
    this.#wantedBy = new Int32Array(count).fill(-1);
  }

  /**
   * Those of some units that a task waits for, by its index. What starts before all of them leads to none of them, since a plan's needs end before
   * what waits for them starts. O(what it waits for from then on)
   */
  among(task: number, units: readonly number[]): ReadonlySet<number> {
    const found = new Set<number>();
    if (units.length === 0) return found;
    let sinceMs = Infinity;
    for (const unit of units) sinceMs = Math.min(sinceMs, float64At(this.#earliestMs, unit));
    const search = this.#searches++;
    const wantedBy = this.#wantedBy;
    const seen = this.#seen;
    const needs = this.#needs;
    let left = 0;
    for (const unit of units) {
      if (wantedBy[unit] !== search) left++;
      wantedBy[unit] = search;
    }
    const open = [task];
    for (let next = open.pop(); next !== undefined && left > 0; next = open.pop()) {
      const end = edgesTo(needs, next);
      for (let edge = edgesFrom(needs, next); edge < end; edge++) {
        const need = int32At(needs.target, edge);
        if (seen[need] === search || float64At(this.#startMs, need) < sinceMs) continue;
        seen[need] = search;
        const number = int32At(this.#number, need);
        if (number >= 0 && wantedBy[number] === search && !found.has(number)) {
          found.add(number);
          left--;
        }
        open.push(need);
      }
    }
    return found;
  }
}
