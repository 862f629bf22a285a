/** What a RAM disk or folder held, as looks at it tell. */
export interface FootprintFigures {
  readonly beginBytes: number;
  readonly endBytes: number;
  readonly peakBytes: number;
  readonly isCleanedUp: boolean;
}

/** A rise by less than this share of the peak is no new work: a log that grows while a chroot is removed. */
const NOISE = 0.01;
/** Left of what the command had added: at most this share means that it has removed its own work. */
const LEFT_OVER = 0.1;

/**
 * Keeps the peak of a footprint and what it was at the end. A command such as sbuild empties its RAM disk before it ends; what
 * counts then is the highest level since the last rise, from which the footprint only fell: what it was before the clean-up.
 */
export class FootprintPeak {
  #begin: number | undefined;
  #last = 0;
  #peak = 0;
  /** Highest since the last rise. */
  #level = 0;
  /** Lowest since `#level` was reached. */
  #low = 0;

  /** @param bytes what the place holds now */
  add(bytes: number): void {
    this.#begin ??= bytes;
    this.#last = bytes;
    this.#peak = Math.max(this.#peak, bytes);
    const isRise = bytes > this.#level || bytes - this.#low > this.#peak * NOISE;
    if (isRise) this.#level = bytes;
    this.#low = isRise ? bytes : Math.min(this.#low, bytes);
  }

  /** Undefined as long as nothing was added. */
  figures(): FootprintFigures | undefined {
    if (this.#begin === undefined) return undefined;
    const added = this.#level - this.#begin;
    const isCleanedUp = added > 0 && this.#last - this.#begin <= added * LEFT_OVER;
    return {
      beginBytes: this.#begin,
      endBytes: isCleanedUp ? this.#level : this.#last,
      peakBytes: this.#peak,
      isCleanedUp,
    };
  }
}
