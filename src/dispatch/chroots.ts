import { float64At } from '../base/cells.ts';

const FREE = -Infinity;

/**
 * The fixed RAM-disk chroots of one builder: which are taken, and until when. Each holds one build at a time; a build takes the
 * smallest one that it fits into. Indexes are those of `Builder.ramDiskChroots`, largest first. Every question is O(chroots).
 */
export class Chroots {
  readonly #sizeBytes: Float64Array;
  /** When the build in it is expected to end. */
  readonly #endMs: Float64Array;
  /** When the last one that waits for it in this round is expected to end. */
  readonly #queuedEndMs: Float64Array;

  constructor(sizes: readonly number[]) {
    this.#sizeBytes = Float64Array.from(sizes);
    this.#endMs = new Float64Array(sizes.length).fill(FREE);
    this.#queuedEndMs = new Float64Array(sizes.length).fill(FREE);
  }

  /** The smallest one that holds so much and is free now, apart from `kept`; -1: none. */
  smallestFree(bytes: number, kept: number): number {
    for (let chroot = this.#sizeBytes.length - 1; chroot >= 0; chroot--) {
      if (chroot === kept || float64At(this.#sizeBytes, chroot) < bytes) continue;
      if (float64At(this.#endMs, chroot) === FREE) return chroot;
    }
    return -1;
  }

  /** Size of the largest one that is free now; -1: none. */
  largestFreeBytes(): number {
    const chroot = this.#endMs.indexOf(FREE);
    return chroot < 0 ? -1 : float64At(this.#sizeBytes, chroot);
  }

  /** When one that holds so much is free, apart from `kept`: -Infinity now, Infinity never. Those who wait come first. */
  earliestFreeMs(bytes: number, kept: number): number {
    let earliestMs = Infinity;
    for (let chroot = 0; chroot < this.#sizeBytes.length; chroot++) {
      if (float64At(this.#sizeBytes, chroot) < bytes) break;
      if (chroot !== kept) earliestMs = Math.min(earliestMs, this.#freeMs(chroot));
    }
    return earliestMs;
  }

  /** The smallest one that holds so much and is expected to be free by then; -1: none. */
  smallestFreeBy(timeMs: number, bytes: number): number {
    for (let chroot = this.#sizeBytes.length - 1; chroot >= 0; chroot--) {
      if (float64At(this.#sizeBytes, chroot) >= bytes && this.#freeMs(chroot) <= timeMs) return chroot;
    }
    return -1;
  }

  take(chroot: number, endMs: number): void {
    if (float64At(this.#endMs, chroot) !== FREE) throw new Error(`BUG: chroot ${String(chroot)} is taken`);
    this.#endMs[chroot] = endMs;
  }

  release(chroot: number): void {
    this.#endMs[chroot] = FREE;
  }

  queue(chroot: number, endMs: number): void {
    this.#queuedEndMs[chroot] = Math.max(float64At(this.#queuedEndMs, chroot), endMs);
  }

  clearQueue(): void {
    this.#queuedEndMs.fill(FREE);
  }

  #freeMs(chroot: number): number {
    return Math.max(float64At(this.#endMs, chroot), float64At(this.#queuedEndMs, chroot));
  }
}
