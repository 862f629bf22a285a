import { int32At } from '../base/cells.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import type { Side } from './side.ts';

/** Two architectures of one plan have the same tasks. */
const known = new WeakMap<Side['byId'], Csr>();

/** Row `index` of a task: what it waits for. O(tasks + needs) when it is first asked of a plan */
export function needsOf(byId: Side['byId']): Csr {
  const found = known.get(byId) ?? readNeeds(byId);
  known.set(byId, found);
  return found;
}

function readNeeds(byId: Side['byId']): Csr {
  const edges = new EdgeList();
  for (const { task, index } of byId.values()) {
    for (const need of task.needs) {
      const needed = byId.get(need);
      if (needed !== undefined) edges.push(index, needed.index);
    }
  }
  return buildCsr(byId.size, edges);
}

/**
 * The next units of both sides that tasks wait for, by number: a plan's needs leave out what others imply, so for a need that is
 * no unit of both, or is another part of the same unit, stands what that one waits for.
 */
export class NearestUnits {
  readonly #needs: Csr;
  readonly #numberOf: Int32Array;
  /** Who last came by a task, or found a unit. */
  readonly #seenBy: Int32Array;
  readonly #foundBy: Int32Array;
  readonly #queue: number[] = [];
  #last = 0;

  /**
   * @param numberOf one cell a task: its unit, 0 .. `count` - 1, or -1
   */
  constructor({ byId }: Pick<Side, 'byId'>, numberOf: Int32Array, count: number) {
    this.#needs = needsOf(byId);
    this.#numberOf = numberOf;
    this.#seenBy = new Int32Array(byId.size);
    this.#foundBy = new Int32Array(count);
  }

  /** Whether the unit was among those that were found last. */
  hasFound(unit: number): boolean {
    return int32At(this.#foundBy, unit) === this.#last;
  }

  /** Each once. @param task index of a task of `unit`. O(needs that are not units of both, and theirs) */
  find(task: number, unit: number): readonly number[] {
    const search = ++this.#last;
    const found: number[] = [];
    const queue = this.#queue;
    queue.push(task);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const end = edgesTo(this.#needs, next);
      for (let edge = edgesFrom(this.#needs, next); edge < end; edge++) {
        const need = int32At(this.#needs.target, edge);
        if (int32At(this.#seenBy, need) === search) continue;
        this.#seenBy[need] = search;
        const number = int32At(this.#numberOf, need);
        if (number < 0 || number === unit) queue.push(need);
        else if (!this.hasFound(number)) {
          this.#foundBy[number] = search;
          found.push(number);
        }
      }
    }
    return found;
  }
}
