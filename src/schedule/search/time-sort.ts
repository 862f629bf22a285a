import { cell } from './cell.ts';

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Sorts tasks by a time, stable, in linear time: by digits from the lowest. Nothing is allocated for a sort. */
export class TimeSort {
  readonly #count = new Int32Array(DIGITS + 1);
  readonly #spare: Int32Array;

  constructor(taskCount: number) {
    this.#spare = new Int32Array(taskCount);
  }

  /**
   * @param tasks is sorted in place: ascending by `time`, equal times as they stood
   * @param time one cell a task, from 0
   * @param largest no time is larger
   */
  sort(tasks: Int32Array, time: Int32Array, largest: number): void {
    for (let shift = 0; largest >> shift > 0; shift += DIGIT_BITS) {
      const digits = Math.min(DIGITS, (largest >> shift) + 1);
      this.#spread(tasks, time, shift, digits);
      tasks.set(this.#spare);
    }
  }

  #spread(tasks: Int32Array, time: Int32Array, shift: number, digits: number): void {
    const count = this.#count;
    const spare = this.#spare;
    count.fill(0, 0, digits + 1);
    for (let index = 0; index < tasks.length; index++) {
      const digit = ((cell(time, cell(tasks, index)) >> shift) & (DIGITS - 1)) + 1;
      count[digit] = cell(count, digit) + 1;
    }
    for (let digit = 1; digit < digits; digit++) count[digit] = cell(count, digit) + cell(count, digit - 1);
    for (let index = 0; index < tasks.length; index++) {
      const task = cell(tasks, index);
      const digit = (cell(time, task) >> shift) & (DIGITS - 1);
      const place = cell(count, digit);
      spare[place] = task;
      count[digit] = place + 1;
    }
  }
}
