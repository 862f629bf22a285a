import { float64At, int32At } from '../../base/cells.ts';
import { sortPositions } from './sort-positions.ts';

/** Positions in the order of a key: when something about them begins or ends as the end of a window moves on. */
interface Track {
  readonly order: Int32Array;
  /** By place in `order`, ascending. */
  readonly key: Float64Array;
}

/** One walk along a track, for the classes of tasks that are in `mask`. */
interface Walk {
  readonly track: Track;
  readonly mask: number;
  /** Added to the key. */
  readonly offsetMs: number;
  /** +1: the task begins to count; -1: it stops to. */
  readonly sign: number;
}

/** Bits of `#classOf`: starts no earlier than the window; must straddle or lie in it, starting at the window's start at the latest, or not. */
const AFTER = 1;
const LATE = 2;
const EARLY = 4;

/**
 * Energy that tasks with heads and latest ends (positions 0 .. n - 1) must spend between two moments: left-shift/right-shift
 * energy, or partially elastic energy where a resource has longer modes that take less. As the end of the window moves on, each task's part is zero,
 * then grows evenly, then stays: one pass over sorted tracks gives the energy of all windows with one start.
 * @see Baptiste, Le Pape, Nuijten 1999, on satisfiability tests and time-bound adjustments for cumulative scheduling problems;
 *   Derrien & Petit 2014, on the windows that matter
 */
export class EnergySweep {
  readonly headMs: Float64Array;
  readonly latestEndMs: Float64Array;
  readonly durationMs: Float64Array;
  /** Added to all of `latestEndMs`: they may be given as from the end of the plan, negative, and the end then be moved. */
  endMs: number;
  /** Ends of the windows of the last pass, ascending, and what must be spent in each; `eventCount` of them. */
  readonly eventMs: Float64Array;
  readonly eventWork: Float64Array;
  eventCount = 0;
  /** The largest sum of rates that counted at once in the last pass. */
  peakRate = 0;
  readonly #byLatestStart: Track;
  readonly #byLatestEnd: Track;
  readonly #byHeadAndEnd: Track;
  readonly #byEarliestEnd: Track;
  readonly #bySlack: Track;
  readonly #classOf: Uint8Array;
  /** Of the four walks: place in the track, and the moment of what stands there. */
  readonly #place = new Int32Array(4);
  readonly #nextMs = new Float64Array(4);

  /** Columns are kept, not copied, and must not change; a latest end is never less than head + duration. O(n log n) */
  constructor(headMs: Float64Array, latestEndMs: Float64Array, durationMs: Float64Array, endMs = 0) {
    const count = headMs.length;
    this.endMs = endMs;
    this.headMs = headMs;
    this.latestEndMs = latestEndMs;
    this.durationMs = durationMs;
    this.eventMs = new Float64Array(2 * count + 1);
    this.eventWork = new Float64Array(2 * count + 1);
    this.#classOf = new Uint8Array(count);
    const track = (key: (position: number) => number): Track => {
      const keys = new Float64Array(count);
      for (let position = 0; position < count; position++) keys[position] = key(position);
      const order = sortPositions(keys);
      const ascending = new Float64Array(count);
      for (let place = 0; place < count; place++) ascending[place] = float64At(keys, int32At(order, place));
      return { order, key: ascending };
    };
    const [head, end, length] = [headMs, latestEndMs, durationMs];
    this.#byLatestStart = track((one) => float64At(end, one) - float64At(length, one));
    this.#byLatestEnd = track((one) => float64At(end, one));
    this.#byHeadAndEnd = track((one) => float64At(end, one) + float64At(head, one));
    this.#byEarliestEnd = track((one) => float64At(head, one) + float64At(length, one));
    this.#bySlack = track((one) => float64At(end, one) - float64At(length, one) - float64At(head, one));
  }

  /**
   * Fills `eventMs` and `eventWork` for the windows that start at `fromMs`. Between two events the energy is linear. O(n)
   * @param rate by position; 0 for what does not count
   */
  sweep(fromMs: number, rate: Float64Array, isElastic: boolean): void {
    let slope = this.#classify(fromMs, rate, isElastic);
    const walks = isElastic ? this.#elasticWalks(fromMs) : this.#shiftWalks(fromMs);
    walks.forEach((walk, index) => {
      this.#place[index] = -1;
      this.#advance(walk, index);
    });
    let nowMs = fromMs;
    let work = 0;
    this.eventCount = 0;
    this.peakRate = slope;
    for (;;) {
      let first = 0;
      for (let index = 1; index < walks.length; index++)
        if (float64At(this.#nextMs, index) < float64At(this.#nextMs, first)) first = index;
      const nextMs = float64At(this.#nextMs, first);
      if (nextMs === Infinity) return;
      if (nextMs > nowMs) {
        work += slope * (nextMs - nowMs);
        nowMs = nextMs;
        this.eventMs[this.eventCount] = nowMs;
        this.eventWork[this.eventCount++] = work;
      }
      const walk = walks[first];
      if (walk === undefined) return;
      slope += walk.sign * float64At(rate, int32At(walk.track.order, int32At(this.#place, first)));
      if (slope > this.peakRate) this.peakRate = slope;
      this.#advance(walk, first);
    }
  }

  /** Sorts the tasks into classes by where they lie when shifted; returns the rates that count from the window's start on. */
  #classify(fromMs: number, rate: Float64Array, isElastic: boolean): number {
    const { headMs, latestEndMs, durationMs, endMs } = this;
    let slope = 0;
    for (let position = 0; position < headMs.length; position++) {
      const head = float64At(headMs, position);
      const length = float64At(durationMs, position);
      const latestStart = float64At(latestEndMs, position) + endMs - length;
      let kind = 0;
      if (float64At(rate, position) > 0 && head + length > fromMs) {
        kind = head >= fromMs ? AFTER : latestStart >= fromMs ? LATE : EARLY;
        if (kind === EARLY && !isElastic) slope += float64At(rate, position);
      }
      this.#classOf[position] = kind;
    }
    return slope;
  }

  #shiftWalks(fromMs: number): readonly Walk[] {
    const { endMs } = this;
    return [
      { track: this.#byLatestStart, mask: AFTER | LATE, offsetMs: endMs, sign: 1 },
      { track: this.#byLatestEnd, mask: AFTER, offsetMs: endMs, sign: -1 },
      { track: this.#byHeadAndEnd, mask: LATE, offsetMs: endMs - fromMs, sign: -1 },
      { track: this.#byEarliestEnd, mask: EARLY, offsetMs: 0, sign: -1 },
    ];
  }

  #elasticWalks(fromMs: number): readonly Walk[] {
    const { endMs } = this;
    return [
      { track: this.#byLatestStart, mask: AFTER, offsetMs: endMs, sign: 1 },
      { track: this.#bySlack, mask: LATE | EARLY, offsetMs: endMs + fromMs, sign: 1 },
      { track: this.#byLatestEnd, mask: AFTER | LATE | EARLY, offsetMs: endMs, sign: -1 },
    ];
  }

  /** To the next place of a task whose class is in the mask. */
  #advance({ track, mask, offsetMs }: Walk, index: number): void {
    let place = int32At(this.#place, index) + 1;
    while (place < track.order.length && ((this.#classOf[int32At(track.order, place)] ?? 0) & mask) === 0)
      place++;
    this.#place[index] = place;
    this.#nextMs[index] = place < track.order.length ? float64At(track.key, place) + offsetMs : Infinity;
  }
}
