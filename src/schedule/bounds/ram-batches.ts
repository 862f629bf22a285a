import { float64At, int32At } from '../../base/cells.ts';
import { ceilSafely, type BoundInput, type BoundValue, type KnownBounds } from './bound.ts';
import { crowdRows, crowdsOf, type Crowd, type CrowdRows } from './crowd.ts';
import { sweepOf } from './head-tail.ts';
import { leastUseOf } from './modes.ts';
import type { BoundResource, ResourceKind } from './resource.ts';
import type { Effort } from './tighten.ts';

/** Beyond so many tasks a few large ones decide little. */
const MOST_TASKS = 10_000;
/** Batches one after the other, at most. */
const MOST_BATCHES = 4;
/** Positions that the bound may visit in all. */
const MOST_EFFORT = 4_000_000;
/** Starts of windows for each resource. */
const MOST_STARTS = 8;

/** Large tasks some of which have no room in large modes, unless the plan takes until `orElseMs`. */
interface Batches extends Crowd {
  /** Positions. */
  readonly rows: Int32Array;
  /** The least head and the least rest of the rows: all of them run in between. */
  readonly fromMs: number;
  readonly restMs: number;
  /** So many can run in large modes, and more only one batch later. */
  readonly roomCount: number;
  readonly orElseMs: number;
}

/** A resource, and what each mode takes of it. */
interface Priced {
  readonly resource: BoundResource;
  readonly demand: Float64Array;
}

/**
 * Batches: of tasks so large that only k run in RAM at once, one more than j × k makes some j + 1 of them run one after the
 * other. Either the plan waits for these, or all but j × k of the tasks take their other modes: whole builds go to disk, not
 * parts of builds as in the mode relaxation. The smaller of both is a bound. What the other modes take more counts as energy, in all
 * windows that hold all of these tasks. O(tasks × resources), more where some batches might matter
 * @see Klein & Scholl 1999, on destructive improvement, of which this is the constructive form
 */
export function ramBatchesBound(input: BoundInput, known: KnownBounds): BoundValue | undefined {
  if (input.tasks.length > MOST_TASKS) return undefined;
  const search = new BatchSearch(input, known.lowerMs);
  for (const crowd of crowdsOf(input))
    for (const rows of crowdRows(input, crowd))
      for (let batches = 1; batches <= MOST_BATCHES; batches++) search.raise(crowd, rows, batches);
  return search.best;
}

class BatchSearch {
  best: BoundValue | undefined;
  readonly #input: BoundInput;
  readonly #effort: Effort = { spent: 0, most: MOST_EFFORT };
  readonly #heads: Float64Array;
  readonly #priced: readonly Priced[];
  #lowerMs: number;

  constructor(input: BoundInput, lowerMs: number) {
    const { tasks, headMs, modes } = input;
    this.#input = input;
    this.#lowerMs = lowerMs;
    this.#heads = Float64Array.from(new Set(Array.from(tasks, (task) => float64At(headMs, task)))).sort();
    this.#priced = modes.resources.map(({ kind, demand, capacity }) => ({
      resource: leastUseOf(modes, demand, capacity, [kind]),
      demand,
    }));
  }

  /** As long as the bound rises, with fewer and fewer of the tasks: then the next batch would end later. */
  raise(crowd: Crowd, rows: CrowdRows, batchCount: number): void {
    while (this.#effort.spent < this.#effort.most) {
      const batches = largestBatches(this.#input, crowd, rows, batchCount, this.#lowerMs);
      if (batches === undefined) return;
      const found = this.#boundOf(batches);
      if (found === undefined) return;
      this.best = found;
      this.#lowerMs = found.lowerBoundMs;
    }
  }

  /** @returns undefined where the bound does not rise */
  #boundOf(batches: Batches): BoundValue | undefined {
    let best: BoundValue | undefined;
    for (const { resource, demand } of this.#priced) {
      const extra = leastExtra(this.#input, batches, demand);
      if (extra === 0) continue;
      if (extra === Infinity) return { lowerBoundMs: batches.orElseMs, binding: together([batches.kind]) };
      const lowerMs = best?.lowerBoundMs ?? this.#lowerMs;
      best = this.#sweep(batches, resource, extra, lowerMs) ?? best;
    }
    return best;
  }

  /** Windows that hold all of the batches, and what their tasks take in addition. */
  #sweep(
    batches: Batches,
    { kinds, rate, capacity, isElastic }: BoundResource,
    extra: number,
    lowerMs: number,
  ): BoundValue | undefined {
    const sweep = sweepOf(this.#input);
    sweep.endMs = this.#lowerMs;
    let bestMs = lowerMs;
    let found: BoundValue | undefined;
    for (const fromMs of this.#starts(batches.fromMs)) {
      sweep.sweep(fromMs, rate, isElastic);
      this.#effort.spent += 4 * rate.length;
      const magnitudeMs = (sweep.peakRate * Math.max(0, sweep.endMs - fromMs) + extra) / capacity;
      for (let event = 0; event < sweep.eventCount; event++) {
        const restMs = sweep.endMs - float64At(sweep.eventMs, event);
        if (restMs > batches.restMs) continue;
        const boundMs = fromMs + (float64At(sweep.eventWork, event) + extra) / capacity + restMs;
        if (boundMs <= bestMs) continue;
        const safeMs = ceilSafely(boundMs, Math.max(boundMs, magnitudeMs), 2 * rate.length);
        const lowerBoundMs = Math.min(safeMs, batches.orElseMs);
        if (lowerBoundMs <= bestMs) continue;
        bestMs = lowerBoundMs;
        const resources = [...new Set([...kinds, batches.kind])];
        const spilledCount = batches.rows.length - batches.roomCount;
        const untilMs = lowerBoundMs - restMs;
        found = { lowerBoundMs, binding: { kind: 'window', resources, fromMs, untilMs, spilledCount } };
      }
    }
    return found;
  }

  /** Some of the heads up to the one from which the batches can run, that one among them. */
  #starts(lastMs: number): ReadonlySet<number> {
    const heads = this.#heads.filter((head) => head <= lastMs);
    const starts = new Set([0, lastMs]);
    for (let index = 0; index < MOST_STARTS; index++)
      starts.add(float64At(heads, Math.floor((index * heads.length) / MOST_STARTS)));
    return starts;
  }
}

/** The longest tasks, as many as can't run one more after another before `lowerMs`: the more there are, the more have no room. */
function largestBatches(
  { tasks, headMs, afterMs }: BoundInput,
  crowd: Crowd,
  { rows, largeMs }: CrowdRows,
  batchCount: number,
  lowerMs: number,
): Batches | undefined {
  const roomCount = crowd.laneCount * batchCount;
  let fromMs = Infinity;
  let restMs = Infinity;
  let best: Batches | undefined;
  for (let count = 1; count <= rows.length; count++) {
    const task = int32At(tasks, int32At(rows, count - 1));
    fromMs = Math.min(fromMs, float64At(headMs, task));
    restMs = Math.min(restMs, float64At(afterMs, task));
    if (count <= roomCount) continue;
    let orElseMs = fromMs + restMs;
    // Whoever they are, the shortest of these one after the other.
    for (let place = count - 1; place >= count - 1 - batchCount; place--)
      orElseMs += float64At(largeMs, place);
    if (orElseMs <= lowerMs) break;
    best = { ...crowd, rows: rows.subarray(0, count), fromMs, restMs, roomCount, orElseMs };
  }
  return best;
}

/** What the tasks that have no room take beyond their cheapest modes at least, whoever they are. */
function leastExtra({ modes }: BoundInput, batches: Batches, demand: Float64Array): number {
  const { rows, isLarge, roomCount } = batches;
  const extras = Float64Array.from(rows, (row) => {
    let least = Infinity;
    let leastOther = Infinity;
    for (let mode = int32At(modes.offset, row); mode < int32At(modes.offset, row + 1); mode++) {
      const work = float64At(modes.durationMs, mode) * float64At(demand, mode);
      least = Math.min(least, work);
      if (isLarge[mode] === 0) leastOther = Math.min(leastOther, work);
    }
    return leastOther === Infinity ? Infinity : leastOther - least;
  }).sort();
  return extras.subarray(0, rows.length - roomCount).reduce((sum, extra) => sum + extra, 0);
}

function together(resources: readonly ResourceKind[]): BoundValue['binding'] {
  return { kind: 'together', resources };
}
