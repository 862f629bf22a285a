import { cell } from './cell.ts';
import type { Packing } from './packing.ts';
import type { Timetable } from './timetable.ts';

/** All resources in one word, a cell an instant. */
export class WordTimetable implements Timetable {
  readonly #free: Int32Array;
  readonly #amount: Int32Array;
  readonly #idle: number;
  readonly #guard: number;
  #end = 0;

  constructor(packing: Packing, horizon: number) {
    this.#idle = cell(packing.idle, 0);
    this.#guard = cell(packing.guard, 0);
    this.#free = new Int32Array(horizon + 1).fill(this.#idle);
    this.#amount = new Int32Array(packing.offset.length - 1);
    for (let mode = 0; mode < this.#amount.length; mode++) {
      const entry = cell(packing.offset, mode);
      if (entry < cell(packing.offset, mode + 1)) this.#amount[mode] = cell(packing.amount, entry);
    }
  }

  clear(): void {
    this.#free.fill(this.#idle, 0, this.#end);
    this.#end = 0;
  }

  /** Looks at the last instant of the window first: what blocks there lets the window jump behind it. Each cell is read once. */
  earliest(mode: number, from: number, duration: number): number {
    const free = this.#free;
    const guard = this.#guard;
    const amount = cell(this.#amount, mode);
    let start = from;
    let known = from;
    while (true) {
      const end = start + duration;
      let instant = end - 1;
      while (instant >= known && ((cell(free, instant) - amount) & guard) === guard) instant--;
      if (instant < known) return start;
      start = instant + 1;
      known = end;
    }
  }

  take(mode: number, start: number, duration: number): void {
    const free = this.#free;
    const amount = cell(this.#amount, mode);
    const end = start + duration;
    for (let instant = start; instant < end; instant++) free[instant] = cell(free, instant) - amount;
    if (end > this.#end) this.#end = end;
  }
}

/** Several words an instant: word `w` of instant `t` is cell `w * length + t`. */
export class DenseTimetable implements Timetable {
  readonly #packing: Packing;
  readonly #length: number;
  readonly #free: Int32Array;
  #end = 0;

  constructor(packing: Packing, horizon: number) {
    this.#packing = packing;
    this.#length = horizon + 1;
    this.#free = new Int32Array(this.#length * packing.wordCount);
    this.#end = this.#length;
    this.clear();
  }

  clear(): void {
    for (let word = 0; word < this.#packing.wordCount; word++) {
      const base = word * this.#length;
      this.#free.fill(cell(this.#packing.idle, word), base, base + this.#end);
    }
    this.#end = 0;
  }

  earliest(mode: number, from: number, duration: number): number {
    const entryEnd = cell(this.#packing.offset, mode + 1);
    let start = from;
    let known = from;
    while (true) {
      const end = start + duration;
      let next = start;
      for (let entry = cell(this.#packing.offset, mode); entry < entryEnd; entry++) {
        const blocked = this.#lastBlocked(entry, Math.max(known, next), end);
        if (blocked >= next) next = blocked + 1;
      }
      if (next === start) return start;
      start = next;
      known = end;
    }
  }

  /** Last instant of `from .. end` at which an entry of the packing does not fit, else -1. */
  #lastBlocked(entry: number, from: number, end: number): number {
    const free = this.#free;
    const word = cell(this.#packing.word, entry);
    const amount = cell(this.#packing.amount, entry);
    const guard = cell(this.#packing.guard, word);
    const base = word * this.#length;
    let place = base + end - 1;
    while (place >= base + from && ((cell(free, place) - amount) & guard) === guard) place--;
    return place < base + from ? -1 : place - base;
  }

  take(mode: number, start: number, duration: number): void {
    const free = this.#free;
    for (
      let entry = cell(this.#packing.offset, mode);
      entry < cell(this.#packing.offset, mode + 1);
      entry++
    ) {
      const amount = cell(this.#packing.amount, entry);
      const base = cell(this.#packing.word, entry) * this.#length + start;
      for (let place = base; place < base + duration; place++) free[place] = cell(free, place) - amount;
    }
    if (start + duration > this.#end) this.#end = start + duration;
  }
}
