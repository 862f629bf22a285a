import { float64At, int32At } from '../base/cells.ts';

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

/** Tells whether some task in this range may be worth a look. A wrong yes costs time; there is no wrong no. */
export interface RangeFilter {
  mayStart(range: DemandRange): boolean;
}

/** Cells of a node, each the least below it: the duration, footprint, negative footprint, memory and negative memory. */
const WIDTH = 5;

/**
 * The ready tasks of one architecture in priority order, as a segment tree: each node knows the least and the largest
 * demands below it, so whole stretches that can't start now are passed over in one step. Positions are ranks in the
 * priority order, 0 first. Add and remove are O(log tasks).
 */
export class ReadyTree {
  /** Tasks of the architecture, by falling priority. */
  readonly #tasks: Int32Array;
  /** Leaves: a power of two. Node 1 is the root, node `#leaves + position` a leaf. */
  readonly #leaves: number;
  /** Row `node`; Infinity where nothing is ready. */
  readonly #least: Float64Array;
  readonly #range: DemandRange = {
    minDurationMs: 0,
    minRamDiskBytes: 0,
    maxRamDiskBytes: 0,
    minMemoryBytes: 0,
    maxMemoryBytes: 0,
  };

  constructor(tasks: Int32Array) {
    this.#tasks = tasks;
    this.#leaves = 1;
    while (this.#leaves < tasks.length) this.#leaves *= 2;
    this.#least = new Float64Array(2 * this.#leaves * WIDTH).fill(Infinity);
  }

  taskAt(position: number): number {
    return int32At(this.#tasks, position);
  }

  /** @param ramDiskBytes Infinity: it must not use the RAM disk */
  add(position: number, durationMs: number, ramDiskBytes: number, memoryBytes: number): void {
    const least = this.#least;
    for (let node = this.#leaves + position; node >= 1; node >>= 1) {
      const row = node * WIDTH;
      let isChanged = lower(least, row, durationMs);
      isChanged = lower(least, row + 1, ramDiskBytes) || isChanged;
      isChanged = lower(least, row + 2, -ramDiskBytes) || isChanged;
      isChanged = lower(least, row + 3, memoryBytes) || isChanged;
      isChanged = lower(least, row + 4, -memoryBytes) || isChanged;
      if (!isChanged) return;
    }
  }

  remove(position: number): void {
    const least = this.#least;
    const leaf = this.#leaves + position;
    least.fill(Infinity, leaf * WIDTH, (leaf + 1) * WIDTH);
    for (let node = leaf >> 1; node >= 1; node >>= 1) {
      const row = node * WIDTH;
      let isChanged = false;
      // Above a node that stays as it is, everything does.
      for (let cell = row, below = 2 * row; cell < row + WIDTH; cell++, below++) {
        const left = float64At(least, below);
        const right = float64At(least, below + WIDTH);
        const value = left < right ? left : right;
        if (least[cell] === value) continue;
        least[cell] = value;
        isChanged = true;
      }
      if (!isChanged) return;
    }
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
    const row = node * WIDTH;
    const minDurationMs = float64At(this.#least, row);
    if (minDurationMs === Infinity) return false;
    if (filter === undefined) return true;
    const range = this.#range;
    range.minDurationMs = minDurationMs;
    range.minRamDiskBytes = float64At(this.#least, row + 1);
    range.maxRamDiskBytes = -float64At(this.#least, row + 2);
    range.minMemoryBytes = float64At(this.#least, row + 3);
    range.maxMemoryBytes = -float64At(this.#least, row + 4);
    return filter.mayStart(range);
  }
}

/** Lowers a cell to a value; whether that changed it. */
function lower(least: Float64Array, cell: number, value: number): boolean {
  if (float64At(least, cell) <= value) return false;
  least[cell] = value;
  return true;
}
