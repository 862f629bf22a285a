import { float64At, int32At } from '../base/cells.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import type { Side } from './side.ts';

/** A plan's tasks with what they wait for, by number. */
interface NumberedTasks {
  readonly ids: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly needs: Csr;
  readonly startMs: Float64Array;
}

/** Two architectures of one plan have the same tasks. */
const numbered = new WeakMap<Side['byId'], NumberedTasks>();

function numberTasks(byId: Side['byId']): NumberedTasks {
  const known = numbered.get(byId);
  if (known !== undefined) return known;
  const tasks = Array.from(byId.values(), ({ task }) => task);
  const indexOf = new Map(tasks.map(({ id }, index) => [id, index]));
  const edges = new EdgeList();
  tasks.forEach(({ needs }, index) => {
    for (const need of needs) {
      const needed = indexOf.get(need);
      if (needed !== undefined) edges.push(index, needed);
    }
  });
  const made: NumberedTasks = {
    ids: tasks.map(({ id }) => id),
    indexOf,
    needs: buildCsr(tasks.length, edges),
    startMs: new Float64Array(tasks.map(({ startMs }) => startMs)),
  };
  numbered.set(byId, made);
  return made;
}

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
  /** Of each unit which search last wanted it. */
  readonly #wantedBy: Int32Array;
  #searches = 0;

  /** @param numberOf the unit of a task, 0 .. `count` - 1. O(tasks + needs) */
  constructor({ byId }: Side, numberOf: (id: string) => number | undefined, count: number) {
    const { ids, indexOf, needs, startMs } = numberTasks(byId);
    this.#indexOf = indexOf;
    this.#needs = needs;
    this.#startMs = startMs;
    this.#number = new Int32Array(ids.map((id) => numberOf(id) ?? -1));
    this.#earliestMs = new Float64Array(count).fill(Infinity);
    this.#number.forEach((number, index) => {
      if (number >= 0)
        this.#earliestMs[number] = Math.min(float64At(this.#earliestMs, number), float64At(startMs, index));
    });
    this.#seen = new Int32Array(ids.length).fill(-1);
    this.#wantedBy = new Int32Array(count).fill(-1);
  }

  /**
   * Those of some units that a task waits for. What starts before all of them leads to none of them, since a plan's needs end before
   * what waits for them starts. O(what it waits for from then on)
   */
  among(id: string, units: readonly number[]): ReadonlySet<number> {
    const found = new Set<number>();
    const first = this.#indexOf.get(id);
    if (first === undefined || units.length === 0) return found;
    const sinceMs = Math.min(...units.map((unit) => float64At(this.#earliestMs, unit)));
    const search = this.#searches++;
    const wantedBy = this.#wantedBy;
    const seen = this.#seen;
    const needs = this.#needs;
    let left = 0;
    for (const unit of units) {
      if (wantedBy[unit] !== search) left++;
      wantedBy[unit] = search;
    }
    const open = [first];
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
