/** What a RAM disk or folder held, as looks at it tell. */
export interface FootprintFigures {
  readonly beginBytes: number;
  readonly endBytes: number;
  readonly peakBytes: number;
  readonly isCleanedUp: boolean;
}

/** A rise by no more than this, or this share of the peak, is no new work: a file of settings rewritten while a chroot is removed. */
const NOISE_BYTES = 64 * 1024;
const NOISE_SHARE = 0.0001;
/** Left of what the command had added: at most this share means that it has removed its own work. */
const LEFT_OVER = 0.1;

/** A footprint that stays as it is for so long is no moment of a clean-up. */
const REST_MS = 2000;

/**
 * Keeps the peak of a footprint and what it was at the end. A command such as sbuild empties its RAM disk before it ends; what
 * counts then is the level from which it only fell: the last one that it rose to or rested at, before the clean-up.
 */
export class FootprintPeak {
  #begin: number | undefined;
  #last = 0;
  #peak = 0;
  /** Highest since the last rise or rest. */
  #level = 0;
  /** Lowest since `#level` was reached. */
  #low = 0;
  /** Where it has been, give or take noise, since when. */
  #rest = { bytes: 0, sinceMs: 0 };

  /**
   * @param bytes what the place holds now
   * @param nowMs from anywhere
   */
  add(bytes: number, nowMs: number): void {
    this.#begin ??= bytes;
    this.#last = bytes;
    this.#peak = Math.max(this.#peak, bytes);
    const noise = Math.max(NOISE_BYTES, this.#peak * NOISE_SHARE);
    const isRise = bytes > this.#level || bytes - this.#low > noise;
    if (Math.abs(bytes - this.#rest.bytes) > noise) this.#rest = { bytes, sinceMs: nowMs };
    const isEmptied = bytes - this.#begin <= (this.#peak - this.#begin) * LEFT_OVER;
    const isResting = nowMs - this.#rest.sinceMs >= REST_MS && !isEmptied;
    if (isRise || isResting) this.#level = bytes;
    this.#low = isRise || isResting ? bytes : Math.min(this.#low, bytes);
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
