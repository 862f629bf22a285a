import { float64At, int32At } from '../base/cells.ts';
import type { Problem } from './problem.ts';

/** Tells whether some task may be worth a look whose duration and demands lie in these ranges. A wrong yes costs time; there is no wrong no. */
export interface RangeFilter {
  mayStart(
    minDurationMs: number,
    minRamDiskBytes: number,
    maxRamDiskBytes: number,
    minMemoryBytes: number,
    maxMemoryBytes: number,
  ): boolean;
}

/**
 * The ready tasks of one architecture in priority order, as a segment tree: each node knows the least and the largest
 * demands below it, so whole stretches that can't start now are passed over in one step. Positions are ranks in the
 * priority order, 0 first. Add and remove are O(log tasks).
 */
export class ReadyTree {
  /** Tasks of the architecture, by falling priority. */
  readonly #tasks: Int32Array;
  readonly #problem: Problem;
  readonly #mayUseRamDisk: Uint8Array;
  /** Leaves: a power of two. Node 1 is the root, node `#leaves + position` a leaf. */
  readonly #leaves: number;
  readonly #minDurationMs: Float64Array;
  readonly #minRamDiskBytes: Float64Array;
  readonly #maxRamDiskBytes: Float64Array;
  readonly #minMemoryBytes: Float64Array;
  readonly #maxMemoryBytes: Float64Array;
  #size = 0;

  constructor(problem: Problem, mayUseRamDisk: Uint8Array, tasks: Int32Array) {
    this.#problem = problem;
    this.#mayUseRamDisk = mayUseRamDisk;
    this.#tasks = tasks;
    this.#leaves = 1;
    while (this.#leaves < tasks.length) this.#leaves *= 2;
    const nodeCount = 2 * this.#leaves;
    this.#minDurationMs = new Float64Array(nodeCount).fill(Infinity);
    this.#minRamDiskBytes = new Float64Array(nodeCount).fill(Infinity);
    this.#maxRamDiskBytes = new Float64Array(nodeCount).fill(-Infinity);
    this.#minMemoryBytes = new Float64Array(nodeCount).fill(Infinity);
    this.#maxMemoryBytes = new Float64Array(nodeCount).fill(-Infinity);
  }

  get size(): number {
    return this.#size;
  }

  taskAt(position: number): number {
    return int32At(this.#tasks, position);
  }

  add(position: number): void {
    const task = this.taskAt(position);
    // What must not use the RAM disk is as good as too large for it.
    const mayUseRamDisk = this.#mayUseRamDisk[task] === 1;
    const ramDiskBytes = mayUseRamDisk ? float64At(this.#problem.ramDiskBytes, task) : Infinity;
    const memoryBytes = float64At(this.#problem.memoryBytes, task);
    const leaf = this.#leaves + position;
    this.#minDurationMs[leaf] = float64At(this.#problem.durationMs, task);
    this.#minRamDiskBytes[leaf] = ramDiskBytes;
    this.#maxRamDiskBytes[leaf] = ramDiskBytes;
    this.#minMemoryBytes[leaf] = memoryBytes;
    this.#maxMemoryBytes[leaf] = memoryBytes;
    this.#size++;
    this.#updateAbove(leaf);
  }

  remove(position: number): void {
    const leaf = this.#leaves + position;
    this.#minDurationMs[leaf] = Infinity;
    this.#minRamDiskBytes[leaf] = Infinity;
    this.#maxRamDiskBytes[leaf] = -Infinity;
    this.#minMemoryBytes[leaf] = Infinity;
    this.#maxMemoryBytes[leaf] = -Infinity;
    this.#size--;
    this.#updateAbove(leaf);
  }

  /** The first ready position at or after `position` that the filter lets through (without one: any); -1 when there is none. */
  next(position: number, filter: RangeFilter | undefined): number {
    if (position >= this.#tasks.length) return -1;
    let node = this.#leaves + position;
    // The walk may begin at the topmost node whose stretch begins here.
    while (node > 1 && (node & 1) === 0) node >>= 1;
    for (;;) {
      if (this.#mayHold(node, filter)) {
        if (node >= this.#leaves) return node - this.#leaves;
        node *= 2;
        continue;
      }
      while ((node & 1) === 1) node >>= 1;
      if (node === 0) return -1;
      node++;
    }
  }

  #mayHold(node: number, filter: RangeFilter | undefined): boolean {
    const minDurationMs = float64At(this.#minDurationMs, node);
    if (minDurationMs === Infinity) return false;
    return (
      filter === undefined ||
      filter.mayStart(
        minDurationMs,
        float64At(this.#minRamDiskBytes, node),
        float64At(this.#maxRamDiskBytes, node),
        float64At(this.#minMemoryBytes, node),
        float64At(this.#maxMemoryBytes, node),
      )
    );
  }

  #updateAbove(leaf: number): void {
    for (let node = leaf >> 1; node >= 1; node >>= 1) {
      // Above a node that stays as it is, everything does. Every column must be combined, so no short cut.
      let isChanged = combine(this.#minDurationMs, node, Math.min);
      isChanged = combine(this.#minRamDiskBytes, node, Math.min) || isChanged;
      isChanged = combine(this.#maxRamDiskBytes, node, Math.max) || isChanged;
      isChanged = combine(this.#minMemoryBytes, node, Math.min) || isChanged;
      isChanged = combine(this.#maxMemoryBytes, node, Math.max) || isChanged;
      if (!isChanged) return;
    }
  }
}

/** Sets a node to the least or largest of its children; whether that changed it. */
function combine(column: Float64Array, node: number, choose: (a: number, b: number) => number): boolean {
  const value = choose(float64At(column, 2 * node), float64At(column, 2 * node + 1));
  const isChanged = column[node] !== value;
  column[node] = value;
  return isChanged;
}
