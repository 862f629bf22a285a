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
    let startMs = fromMs;
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
    const first = this.#split(this.#eventAt(startMs), startMs);
    let isFull = false;
    for (let event = first; ; event++) {
      isFull = this.#add(demand, row, event, -1) <= 0 || isFull;
      const next = event + 1;
      if (next === this.#size || float64At(this.#atMs, next) > endMs) {
        this.#insert(next, endMs, event);
        this.#add(demand, row, next, 1);
      }
      if (float64At(this.#atMs, next) < endMs) continue;
      if (isFull) this.#joinFull(first, next);
      return;
    }
  }

  /** @returns how many slots are free then */
  #add(demand: Float64Array, row: number, event: number, sign: number): number {
    const cell = event * this.#width;
    for (let column = 0; column < this.#width; column++)
      this.#free[cell + column] =
        float64At(this.#free, cell + column) + sign * float64At(demand, row + column);
    return float64At(this.#free, cell);
  }

  /**
   * Drops the events from `first` to `last` between two segments without a free slot: as builds are only added, nothing fits there
   * any more. Without it, finding a start takes four times as long.
   */
  #joinFull(first: number, last: number): void {
    const width = this.#width;
    let kept = first;
    let wasFull = first > 0 && this.#isFull(first - 1);
    for (let event = first; event <= last; event++) {
      const isFull = this.#isFull(event);
      if (isFull && wasFull) continue;
      if (kept < event) {
        this.#atMs[kept] = float64At(this.#atMs, event);
        this.#free.copyWithin(kept * width, event * width, (event + 1) * width);
      }
      kept++;
      wasFull = isFull;
    }
    if (kept > last) return;
    this.#atMs.copyWithin(kept, last + 1, this.#size);
    this.#free.copyWithin(kept * width, (last + 1) * width, this.#size * width);
    this.#size -= last + 1 - kept;
  }

  #isFull(event: number): boolean {
    return float64At(this.#free, event * this.#width) <= 0;
  }

  #fits(demand: Float64Array, row: number, event: number): boolean {
    const cell = event * this.#width;
    for (let column = 0; column < this.#width; column++)
      if (float64At(this.#free, cell + column) < float64At(demand, row + column)) return false;
    return true;
  }

  /** The event whose segment holds an instant. */
  #eventAt(instantMs: number): number {
    let low = 0;
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
