import { float64At } from '../../base/cells.ts';

/**
 * What of one builder's resources is free at each instant of a schedule in the making, as a list of events between which nothing
 * changes: times may be any integers, and what counts is the number of tasks. Nothing is allocated while it has room.
 */
export class BuilderProfile {
  readonly #width: number;
  /** When each event is, ascending, the first at 0. The last segment has no end. */
  #atMs = new Float64Array(64);
  /** Row `e`, `width` cells, is free from event `e` to the next; the first cell are the slots. */
  #free: Float64Array;
  #size = 1;
  /** All segments before it are without a free slot. */
  #frontier = 0;

  constructor(width: number) {
    this.#width = width;
    this.#free = new Float64Array(64 * width);
  }

  /** Starts anew: from each of these instants on, the row of the same index is free. */
  reset(atMs: Float64Array, free: Float64Array): void {
    this.#size = atMs.length;
    while (this.#atMs.length < this.#size) this.#grow();
    this.#atMs.set(atMs);
    this.#free.set(free);
    this.#frontier = 0;
  }

  /**
   * First instant at `fromMs` or later from which these demands fit for the duration.
   * @param row where in `demand` the task's demands begin
   * @param limitMs the search ends here
   * @returns Infinity when there is none before `limitMs`. O(log events + events passed)
   */
  earliest(demand: Float64Array, row: number, fromMs: number, durationMs: number, limitMs: number): number {
    const last = this.#size - 1;
    let event = this.#eventAt(fromMs);
    let startMs = Math.max(fromMs, float64At(this.#atMs, event));
    for (; startMs < limitMs; event++) {
      if (this.#fits(demand, row, event)) {
        if (event === last || float64At(this.#atMs, event + 1) >= startMs + durationMs) return startMs;
      } else {
        if (event === last) return Infinity;
        startMs = float64At(this.#atMs, event + 1);
      }
    }
    return Infinity;
  }

  /** Takes demands that `earliest` says fit. O(events behind the start) at worst */
  take(demand: Float64Array, row: number, startMs: number, endMs: number): void {
    const width = this.#width;
    let event = this.#split(this.#eventAt(startMs), startMs);
    for (;;) {
      const cell = event * width;
      for (let column = 0; column < width; column++)
        this.#free[cell + column] = float64At(this.#free, cell + column) - float64At(demand, row + column);
      const next = event + 1;
      if (next === this.#size || float64At(this.#atMs, next) > endMs) {
        this.#insert(next, endMs, event);
        this.#giveBack(demand, row, next);
        break;
      }
      if (float64At(this.#atMs, next) === endMs) break;
      event = next;
    }
    while (float64At(this.#free, this.#frontier * width) <= 0) this.#frontier++;
  }

  #giveBack(demand: Float64Array, row: number, event: number): void {
    const cell = event * this.#width;
    for (let column = 0; column < this.#width; column++)
      this.#free[cell + column] = float64At(this.#free, cell + column) + float64At(demand, row + column);
  }

  #fits(demand: Float64Array, row: number, event: number): boolean {
    const cell = event * this.#width;
    for (let column = 0; column < this.#width; column++)
      if (float64At(this.#free, cell + column) < float64At(demand, row + column)) return false;
    return true;
  }

  /** The event whose segment holds an instant; not before the frontier. */
  #eventAt(instantMs: number): number {
    let low = this.#frontier;
    let high = this.#size;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (float64At(this.#atMs, middle) <= instantMs) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Makes an event at an instant of a segment, if there is none; its index. */
  #split(event: number, instantMs: number): number {
    if (float64At(this.#atMs, event) === instantMs) return event;
    this.#insert(event + 1, instantMs, event);
    return event + 1;
  }

  /** Makes event `place`, with what is free at another one. */
  #insert(place: number, instantMs: number, like: number): void {
    const width = this.#width;
    if (this.#size === this.#atMs.length) this.#grow();
    this.#atMs.copyWithin(place + 1, place, this.#size);
    this.#free.copyWithin((place + 1) * width, place * width, this.#size * width);
    this.#atMs[place] = instantMs;
    for (let column = 0; column < width; column++)
      this.#free[place * width + column] = float64At(this.#free, like * width + column);
    this.#size++;
  }

  #grow(): void {
    const atMs = new Float64Array(this.#atMs.length * 2);
    atMs.set(this.#atMs);
    this.#atMs = atMs;
    const free = new Float64Array(this.#free.length * 2);
    free.set(this.#free);
    this.#free = free;
  }
}
