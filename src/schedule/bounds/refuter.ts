import { float64At, int32At } from '../../base/cells.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { BoundInput } from './bound.ts';
import type { BoundResource } from './resource.ts';
import { FULL, type DisjointPairs } from './disjoint.ts';
import { EnergySweep } from './energy-sweep.ts';
import { raiseHeads, type Effort, type TimeWindows } from './tighten.ts';

/** How often the time windows are tightened in turn before an end counts as possible. */
const MOST_ROUNDS = 20;

/**
 * Tries to show that no schedule ends by a given time: heads and latest ends are tightened by needs, by pairs that can't
 * overlap and by energetic reasoning, until some task has no room left or nothing changes.
 * @see Klein & Scholl 1999, on destructive improvement; Baptiste, Le Pape, Nuijten 1999; Brucker, Knust, Schoo, Thiele 1998,
 *   on pairs that must be in one order
 */
export class Refuter {
  readonly #input: BoundInput;
  readonly #resources: readonly BoundResource[];
  /** Positions of pairs that needs leave open and resources don't: a0, b0, a1, b1, … */
  readonly #pairs: Int32Array;
  readonly #effort: Effort;
  /** By task. */
  readonly #headMs: Float64Array;
  readonly #endMs: Float64Array;

  constructor(
    input: BoundInput,
    resources: readonly BoundResource[],
    { count, why }: DisjointPairs,
    effort: Effort,
  ) {
    this.#input = input;
    this.#resources = resources;
    this.#effort = effort;
    this.#headMs = input.headMs.slice();
    this.#endMs = input.headMs.slice();
    const pairs: number[] = [];
    for (let a = 0; a < count; a++)
      for (let b = a + 1; b < count; b++) if (why[a * count + b] === FULL) pairs.push(a, b);
    this.#pairs = Int32Array.from(pairs);
  }

  /** Whether no schedule ends by `untilMs`; false says nothing. */
  refutes(untilMs: number): boolean {
    const { headMs, afterMs } = this.#input;
    this.#headMs.set(headMs);
    afterMs.forEach((after, task) => (this.#endMs[task] = untilMs - after));
    for (let round = 0; round < MOST_ROUNDS && this.#effort.spent <= this.#effort.most; round++) {
      do if (!this.#propagateNeeds()) return true;
      while (this.#orderPairs());
      const tightened = this.#reasonByEnergy();
      if (tightened === 'impossible') return true;
      if (tightened === 'unchanged') return false;
    }
    return false;
  }

  /** @returns false when some task has no room left */
  #propagateNeeds(): boolean {
    const { dag, durationMs, isStarted } = this.#input;
    const { needs, dependents, order } = dag;
    for (const task of order) {
      if (isStarted[task] === 1) continue;
      let head = float64At(this.#headMs, task);
      for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++) {
        const need = int32At(needs.target, edge);
        head = Math.max(head, float64At(this.#headMs, need) + float64At(durationMs, need));
      }
      this.#headMs[task] = head;
    }
    for (let index = order.length - 1; index >= 0; index--) {
      const task = int32At(order, index);
      let end = float64At(this.#endMs, task);
      for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
        const dependent = int32At(dependents.target, edge);
        if (isStarted[dependent] === 1) continue;
        end = Math.min(end, float64At(this.#endMs, dependent) - float64At(durationMs, dependent));
      }
      this.#endMs[task] = end;
      if (float64At(this.#headMs, task) + float64At(durationMs, task) > end) return false;
    }
    return true;
  }

  /** Of a pair that can't overlap, who can't come first comes second. */
  #orderPairs(): boolean {
    let hasChanged = false;
    this.#effort.spent += this.#pairs.length;
    for (let pair = 0; pair < this.#pairs.length; pair += 2) {
      const a = int32At(this.#input.tasks, int32At(this.#pairs, pair));
      const b = int32At(this.#input.tasks, int32At(this.#pairs, pair + 1));
      if (!this.#canPrecede(a, b)) hasChanged = this.#order(b, a) || hasChanged;
      if (!this.#canPrecede(b, a)) hasChanged = this.#order(a, b) || hasChanged;
    }
    return hasChanged;
  }

  #canPrecede(first: number, second: number): boolean {
    const { durationMs } = this.#input;
    const earliestEnd = float64At(this.#headMs, first) + float64At(durationMs, first);
    return earliestEnd <= float64At(this.#endMs, second) - float64At(durationMs, second);
  }

  #order(first: number, second: number): boolean {
    const { durationMs } = this.#input;
    const headMs = float64At(this.#headMs, first) + float64At(durationMs, first);
    const endMs = float64At(this.#endMs, second) - float64At(durationMs, second);
    const isLater = headMs > float64At(this.#headMs, second);
    const isEarlier = endMs < float64At(this.#endMs, first);
    if (isLater) this.#headMs[second] = headMs;
    if (isEarlier) this.#endMs[first] = endMs;
    return isLater || isEarlier;
  }

  /** Heads first, then latest ends: those are the heads of the same tasks run backwards. */
  #reasonByEnergy(): 'impossible' | 'changed' | 'unchanged' {
    const { tasks } = this.#input;
    const forward = this.#windows();
    const backward = { ...forward, headMs: negated(forward.endMs), endMs: negated(forward.headMs) };
    const heads = raisedHeads(forward, this.#resources, this.#effort);
    const ends = heads && raisedHeads(backward, this.#resources, this.#effort);
    if (heads === undefined || ends === undefined) return 'impossible';
    let hasChanged = false;
    for (let position = 0; position < tasks.length; position++) {
      const task = int32At(tasks, position);
      if (float64At(heads, position) > float64At(forward.headMs, position)) hasChanged = true;
      if (-float64At(ends, position) < float64At(forward.endMs, position)) hasChanged = true;
      this.#headMs[task] = float64At(heads, position);
      this.#endMs[task] = -float64At(ends, position);
    }
    return hasChanged ? 'changed' : 'unchanged';
  }

  #windows(): TimeWindows {
    const gather = (column: Float64Array): Float64Array =>
      Float64Array.from(this.#input.tasks, (task) => float64At(column, task));
    return {
      headMs: gather(this.#headMs),
      endMs: gather(this.#endMs),
      durationMs: gather(this.#input.durationMs),
    };
  }
}

/** @returns undefined when some resource does not suffice */
function raisedHeads(
  windows: TimeWindows,
  resources: readonly BoundResource[],
  effort: Effort,
): Float64Array | undefined {
  const risenMs = windows.headMs.slice();
  const sweep = new EnergySweep(windows.headMs, windows.endMs, windows.durationMs);
  for (const resource of resources)
    if (!raiseHeads(windows, resource, sweep, risenMs, effort)) return undefined;
  return risenMs;
}

function negated(column: Float64Array): Float64Array {
  // 0 - x, not -x: no negative zero
  return column.map((value) => 0 - value);
}
