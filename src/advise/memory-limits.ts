import { float64At } from '../base/cells.ts';
import type { ArchWork } from './arch-work.ts';
import { processMemory, type Host } from './host.ts';

/**
 * How much memory a host must keep for the processes of builds: the rest may be RAM disk. Reckoned for the worst moment (the
 * hungriest builds at once), so that it holds where nobody watches over it, as with chroots that are mounted once.
 */
export class MemoryLimits {
  readonly #work: ArchWork;
  readonly #host: Host;
  readonly #processBytes = new Map<number, Float64Array>();
  /** By make jobs: cell `s` is what `s` builds take at most. */
  readonly #mostBytes = new Map<number, Float64Array>();

  constructor(work: ArchWork, host: Host) {
    this.#work = work;
    this.#host = host;
  }

  /** Of each task with so many make jobs. */
  processBytes(makeJobs: number): Float64Array {
    let column = this.#processBytes.get(makeJobs);
    if (column === undefined) {
      column = processMemory(this.#work, this.#host, makeJobs);
      this.#processBytes.set(makeJobs, column);
    }
    return column;
  }

  /** What the processes of so many builds at once take at most. Never falls as slots or make jobs grow. */
  compilersBytes(slots: number, makeJobs: number): number {
    let sums = this.#mostBytes.get(makeJobs);
    if (sums === undefined) {
      const falling = this.processBytes(makeJobs)
        .slice()
        .sort((a, b) => b - a);
      sums = new Float64Array(falling.length + 1);
      for (let count = 0; count < falling.length; count++)
        sums[count + 1] = float64At(sums, count) + float64At(falling, count);
      this.#mostBytes.set(makeJobs, sums);
    }
    return float64At(sums, Math.min(slots, sums.length - 1));
  }

  /** What is left for the RAM disk; negative: the setting is out of the question. */
  ramDiskBytes(slots: number, makeJobs: number): number {
    return this.#host.memoryBytes - this.compilersBytes(slots, makeJobs);
  }
}
