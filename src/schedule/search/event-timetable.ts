import { int32At } from '../../base/cells.ts';
import type { Packing } from './packing.ts';
import type { Timetable } from './timetable.ts';

/**
 * The profile as events, for long horizons: between two of them nothing changes. Memory and time go by the number of tasks, not
 * of ticks. Finding a start is O(log events + events passed), taking one O(events).
 */
export class EventTimetable implements Timetable {
  readonly #packing: Packing;
  /** When each event is, ascending; the first at 0. The last segment is idle and has no end. */
  #time = new Int32Array(256);
  /** Row `e` is free from event `e` to the next. */
  #free: Int32Array;
  #size = 1;

  constructor(packing: Packing) {
    this.#packing = packing;
    this.#free = new Int32Array(256 * packing.wordCount);
    this.clear();
  }

  clear(): void {
    this.#size = 1;
    this.#time[0] = 0;
    this.#free.set(this.#packing.idle);
  }

  earliest(mode: number, from: number, duration: number): number {
    if (duration === 0) return from;
    let start = from;
    for (let event = this.#eventAt(from); event < this.#size; event++) {
      if (int32At(this.#time, event) >= start + duration) break;
      if (!this.#fits(mode, event)) start = int32At(this.#time, event + 1);
    }
    return start;
  }

  take(mode: number, start: number, duration: number): void {
    if (duration === 0) return;
    const { offset, word, amount, wordCount } = this.#packing;
    const first = this.#split(start);
    const last = this.#split(start + duration);
    for (let entry = int32At(offset, mode); entry < int32At(offset, mode + 1); entry++) {
      const taken = int32At(amount, entry);
      const column = int32At(word, entry);
      for (let event = first; event < last; event++) {
        const cell = event * wordCount + column;
        this.#free[cell] = int32At(this.#free, cell) - taken;
      }
    }
  }

  #fits(mode: number, event: number): boolean {
    const { offset, word, amount, guard, wordCount } = this.#packing;
    for (let entry = int32At(offset, mode); entry < int32At(offset, mode + 1); entry++) {
      const column = int32At(word, entry);
      const bits = int32At(guard, column);
      if (((int32At(this.#free, event * wordCount + column) - int32At(amount, entry)) & bits) !== bits)
        return false;
    }
    return true;
  }

  /** The event whose segment holds an instant. */
  #eventAt(instant: number): number {
    let low = 0;
    let high = this.#size;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (int32At(this.#time, middle) <= instant) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Makes an event at an instant, if there is none. */
  #split(instant: number): number {
    const event = this.#eventAt(instant);
    if (int32At(this.#time, event) === instant) return event;
    const { wordCount } = this.#packing;
    if (this.#size === this.#time.length) this.#grow();
    this.#time.copyWithin(event + 2, event + 1, this.#size);
    this.#free.copyWithin((event + 1) * wordCount, event * wordCount, this.#size * wordCount);
    this.#time[event + 1] = instant;
    this.#size++;
    return event + 1;
  }

  #grow(): void {
    const time = new Int32Array(this.#time.length * 2);
    time.set(this.#time);
    this.#time = time;
    const free = new Int32Array(this.#free.length * 2);
    free.set(this.#free);
    this.#free = free;
  }
}
