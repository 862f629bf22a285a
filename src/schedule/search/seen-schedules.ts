import { cell } from './cell.ts';
import type { Random } from '../../base/random.ts';

const LARGEST_TABLE = 1 << 20;

/**
 * Remembers schedules by a 32-bit hash of their times, so that a search doesn't go on from what it had before. It may take two
 * schedules for one (once in 2^32 pairs), and forgets all when it is half full at its largest size.
 */
export class SeenSchedules {
  readonly #key: Int32Array;
  readonly #table: Int32Array;
  #size = 0;

  /** @param schedules how many will come */
  constructor(taskCount: number, schedules: number, random: Random) {
    this.#key = Int32Array.from({ length: taskCount }, () => Math.floor(random() * 2 ** 32) | 0);
    const wanted = Math.min(LARGEST_TABLE, Math.max(64, 2 * schedules));
    this.#table = new Int32Array(1 << (32 - Math.clz32(wanted - 1)));
  }

  /** @returns whether it is new; from now on it is not */
  add(time: Int32Array, mode: Int32Array): boolean {
    const mask = this.#table.length - 1;
    const hash = this.#hash(time, mode);
    let place = hash & mask;
    while (cell(this.#table, place) !== 0) {
      if (cell(this.#table, place) === hash) return false;
      place = (place + 1) & mask;
    }
    this.#table[place] = hash;
    this.#size++;
    if (this.#size * 2 > this.#table.length) this.clear();
    return true;
  }

  clear(): void {
    this.#table.fill(0);
    this.#size = 0;
  }

  /** Never 0, which marks a free cell. */
  #hash(time: Int32Array, mode: Int32Array): number {
    let hash = 0x2545f491;
    for (let task = 0; task < time.length; task++) {
      const pair = Math.imul(cell(time, task) + 1, 0x9e3779b1) ^ cell(mode, task);
      hash = (hash + Math.imul(cell(this.#key, task), pair)) | 0;
    }
    hash ^= hash >>> 15;
    return hash === 0 ? 1 : hash;
  }
}
