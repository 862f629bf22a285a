import { float64At, int32At } from '../base/cells.ts';
import { PositionSet } from './position-set.ts';

/** Between which values the expected durations and the demands of some tasks lie. */
export interface DemandRange {
  /** The least `durationMs`, with the most make jobs that the task may get. */
  minDurationMs: number;
  minRamDiskBytes: number;
  /** Infinity: some of them must not use the RAM disk. */
  maxRamDiskBytes: number;
  /** Of the processes alone. */
  minMemoryBytes: number;
  maxMemoryBytes: number;
}

/** Tells what a task needs: filled into both ends of the range. */
export interface DemandSource {
  fillDemand(task: number, range: DemandRange): void;
}

/** Tells whether some task in this range may be worth a look. A wrong yes costs time; there is no wrong no. */
export interface RangeFilter {
  mayStart(range: DemandRange): boolean;
}

/** Cells of a node, each the least below it: the duration, footprint, negative footprint, memory and negative memory. */
const WIDTH = 5;

/**
 * The ready tasks of one architecture in priority order. Positions are ranks in the priority order, 0 first. Whoever asks for
 * any ready task gets it from a set of bits; who asks with a filter, from a segment tree: each node knows the least and the
 * largest demands below it, so whole stretches that can't start now are passed over in one step. The tree is there from the first
 * such question on, and what came and went since the last one is put right with the next: O(log tasks) each.
 */
export class ReadyTree {
  /** Tasks of the architecture, by falling priority. */
  readonly #tasks: Int32Array;
  readonly #demands: DemandSource;
  readonly #ready: PositionSet;
  /** Leaves: a power of two. Node 1 is the root, node `#leaves + position` a leaf. */
  readonly #leaves: number;
  /** Row `node`; Infinity where nothing is ready. Empty until somebody asks with a filter. */
  #least = new Float64Array(0);
  /** Positions whose leaves may be out of date. */
  readonly #stale: number[] = [];
  readonly #range: DemandRange = {
    minDurationMs: 0,
    minRamDiskBytes: 0,
    maxRamDiskBytes: 0,
    minMemoryBytes: 0,
    maxMemoryBytes: 0,
  };

  constructor(tasks: Int32Array, demands: DemandSource) {
    this.#tasks = tasks;
    this.#demands = demands;
    this.#ready = new PositionSet(tasks.length);
    this.#leaves = 1;
    while (this.#leaves < tasks.length) this.#leaves *= 2;
  }

  taskAt(position: number): number {
    return int32At(this.#tasks, position);
  }

  add(position: number): void {
    this.#ready.add(position);
    if (this.#least.length > 0) this.#stale.push(position);
  }

  remove(position: number): void {
    this.#ready.remove(position);
    if (this.#least.length > 0) this.#stale.push(position);
  }

  /** The first ready position at or after `position` that the filter lets through (without one: any); -1 when there is none. */
  next(position: number, filter: RangeFilter | undefined): number {
    if (position >= this.#tasks.length) return -1;
    if (filter === undefined) return this.#ready.next(position);
    this.#refresh();
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

  #refresh(): void {
    if (this.#least.length === 0) {
      this.#least = new Float64Array(2 * this.#leaves * WIDTH).fill(Infinity);
      for (let position = this.#ready.next(0); position >= 0; position = this.#ready.next(position + 1))
        this.#stale.push(position);
    }
    for (let position = this.#stale.pop(); position !== undefined; position = this.#stale.pop()) {
      this.#refreshLeaf(position);
      this.#refreshAbove(this.#leaves + position);
    }
  }

  #refreshLeaf(position: number): void {
    const least = this.#least;
    const row = (this.#leaves + position) * WIDTH;
    if (!this.#ready.has(position)) {
      for (let cell = row; cell < row + WIDTH; cell++) least[cell] = Infinity;
      return;
    }
    const range = this.#range;
    this.#demands.fillDemand(this.taskAt(position), range);
    least[row] = range.minDurationMs;
    least[row + 1] = range.minRamDiskBytes;
    least[row + 2] = -range.maxRamDiskBytes;
    least[row + 3] = range.minMemoryBytes;
    least[row + 4] = -range.maxMemoryBytes;
  }

  #refreshAbove(leaf: number): void {
    const least = this.#least;
    for (let node = leaf >> 1; node >= 1; node >>= 1) {
      const row = node * WIDTH;
      let isChanged = false;
      for (let cell = row, below = 2 * row; cell < row + WIDTH; cell++, below++) {
        const left = float64At(least, below);
        const right = float64At(least, below + WIDTH);
        const value = left < right ? left : right;
        if (least[cell] === value) continue;
        least[cell] = value;
        isChanged = true;
      }
      // Above a node that stays as it is, everything does.
      if (!isChanged) return;
    }
  }

  #mayHold(node: number, filter: RangeFilter): boolean {
    const row = node * WIDTH;
    const minDurationMs = float64At(this.#least, row);
    if (minDurationMs === Infinity) return false;
    const range = this.#range;
    range.minDurationMs = minDurationMs;
    range.minRamDiskBytes = float64At(this.#least, row + 1);
    range.maxRamDiskBytes = -float64At(this.#least, row + 2);
    range.minMemoryBytes = float64At(this.#least, row + 3);
    range.maxMemoryBytes = -float64At(this.#least, row + 4);
    return filter.mayStart(range);
  }
}
