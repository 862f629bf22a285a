import { at } from '../base/column.ts';
import { float64At } from '../base/cells.ts';
import {
  memoryDemand,
  ramDiskDemand,
  type Builder,
  type Placement,
  type Problem,
} from '../dispatch/problem.ts';
import { buildMaxTree, lastAtLeast } from './max-tree.ts';

/** What builds on one builder share, in the order in which ties are broken; `ram-disk`: the budget or the fixed chroots. */
export const RESOURCES = ['slot', 'ram-disk', 'memory', 'disk-slot', 'cores'] as const;
export type Resource = (typeof RESOURCES)[number];

/** What a placement takes of each resource; of fixed chroots nothing, since those are no amount. */
export function demandOf(problem: Problem, placement: Placement): readonly number[] {
  const { task, mode, makeJobs } = placement;
  const hasChroots = at(problem.builders, placement.builder).ramDiskChroots.length > 0;
  const ramDiskBytes = hasChroots ? 0 : ramDiskDemand(problem, task, mode);
  return [1, ramDiskBytes, memoryDemand(problem, task, mode), mode === 'disk' ? 1 : 0, makeJobs];
}

/** How many of the builder's chroots are large enough for a placement: the first so many; 0 where it needs none. */
export function fittingChroots(problem: Problem, { task, builder, mode }: Placement): number {
  const { ramDiskChroots } = at(problem.builders, builder);
  const footprintBytes = ramDiskDemand(problem, task, mode);
  const tooSmall = mode === 'ram' ? ramDiskChroots.findIndex((bytes) => bytes < footprintBytes) : 0;
  return tooSmall < 0 ? ramDiskChroots.length : tooSmall;
}

/** Who had how much of one builder, and when: answers what a placement lacked before it started. */
export class BuilderUsage {
  readonly #problem: Problem;
  /** When builds start or end: ascending, distinct. */
  readonly #instants: Float64Array;
  /** What is left from each instant on: a row of as many cells as there are resources. */
  readonly #leftAfter: Float64Array;
  /** By resource, what is left in the instants, where what ends has ended and what starts has not started: as `buildMaxTree`. */
  readonly #leftIn: readonly Float64Array[];
  /** By chroot, each by start. */
  readonly #inChroot: readonly (readonly Placement[])[];

  /** @param placements all on this builder. O(n log n) */
  constructor(problem: Problem, builder: Builder, placements: readonly Placement[]) {
    this.#problem = problem;
    const lasting = placements.filter(({ startMs, endMs }) => endMs > startMs);
    this.#instants = instantsOf(lasting);
    this.#leftAfter = new Float64Array(this.#instants.length * RESOURCES.length);
    this.#inChroot = builder.ramDiskChroots.map((_, chroot) =>
      lasting.filter((one) => one.chroot === chroot).sort((a, b) => a.startMs - b.startMs),
    );
    this.#leftIn = this.#sweep(builder, lasting).map(buildMaxTree);
  }

  /**
   * The resource that a placement was short of just before its start; of several the one that it had been short of for longest
   * without a break since `sinceMs`: what it could have had in between, others got before it. Ties in the order of `RESOURCES`.
   * @returns undefined when nothing was short. O(log n), with fixed chroots for each of them
   */
  shortage(placement: Placement, sinceMs: number): Resource | undefined {
    const before = this.#find(placement.startMs) - 1;
    if (before < 0) return undefined;
    const demand = demandOf(this.#problem, placement);
    const short = RESOURCES.filter((resource) => !this.#isEnough(placement, demand, resource, before));
    if (short.length < 2) return short[0];
    let longest: Resource | undefined;
    let earliest = Infinity;
    for (const resource of short) {
      const instant = this.#lastEnough(placement, demand, resource, before);
      const lastMs = instant < 0 ? -Infinity : float64At(this.#instants, instant);
      // no further back than `sinceMs`
      const heldMs = lastMs < sinceMs ? -Infinity : lastMs;
      if (longest === undefined || heldMs < earliest) {
        longest = resource;
        earliest = heldMs;
      }
    }
    return longest;
  }

  /** Whether what is left from an instant on is enough. */
  #isEnough(placement: Placement, demand: readonly number[], resource: Resource, instant: number): boolean {
    const column = RESOURCES.indexOf(resource);
    if (this.#needsChroot(placement, resource))
      return this.#hasChroot(placement, float64At(this.#instants, instant));
    return at(demand, column) <= float64At(this.#leftAfter, instant * RESOURCES.length + column);
  }

  /** The last instant up to one in which what was left would have been enough; -1: none. */
  #lastEnough(placement: Placement, demand: readonly number[], resource: Resource, until: number): number {
    const column = RESOURCES.indexOf(resource);
    if (this.#needsChroot(placement, resource)) return this.#lastChroot(placement, until);
    return lastAtLeast(at(this.#leftIn, column), until, at(demand, column));
  }

  #needsChroot({ mode }: Placement, resource: Resource): boolean {
    return resource === 'ram-disk' && mode === 'ram' && this.#inChroot.length > 0;
  }

  /** Whether a chroot that is large enough is free from a moment on. */
  #hasChroot(placement: Placement, timeMs: number): boolean {
    const fitting = fittingChroots(this.#problem, placement);
    for (let chroot = 0; chroot < fitting; chroot++) {
      const user = latestBefore(at(this.#inChroot, chroot), timeMs, false);
      if (user === undefined || user.endMs <= timeMs) return true;
    }
    return false;
  }

  /** The last instant up to one in which such a chroot was free: who starts in it has not started. */
  #lastChroot(placement: Placement, until: number): number {
    const fitting = fittingChroots(this.#problem, placement);
    const untilMs = float64At(this.#instants, until);
    let latest = -1;
    for (let chroot = 0; chroot < fitting; chroot++) {
      const user = latestBefore(at(this.#inChroot, chroot), untilMs, true);
      if (user === undefined || user.endMs <= untilMs) return until;
      latest = Math.max(latest, this.#find(user.startMs));
    }
    return latest;
  }

  #find(timeMs: number): number {
    let low = 0;
    let high = this.#instants.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (float64At(this.#instants, middle) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Fills what is left from each instant on. @returns what is left in it, by resource */
  #sweep(builder: Builder, placements: readonly Placement[]): readonly Float64Array[] {
    const { slots, ramDiskBytes, memoryBytes, diskSlots, cores } = builder;
    const width = RESOURCES.length;
    const leftIn = RESOURCES.map(() => new Float64Array(this.#instants.length));
    // First what each instant changes, then what that leaves.
    for (const placement of placements) {
      const start = this.#find(placement.startMs) * width;
      const end = this.#find(placement.endMs);
      const demand = demandOf(this.#problem, placement);
      for (let column = 0; column < width; column++) {
        const amount = at(demand, column);
        this.#leftAfter[start + column] = float64At(this.#leftAfter, start + column) - amount;
        const ended = at(leftIn, column);
        ended[end] = float64At(ended, end) + amount;
      }
    }
    const left = [slots, ramDiskBytes, memoryBytes, diskSlots, cores];
    leftIn.forEach((inInstant, column) => {
      let amount = at(left, column);
      for (let instant = 0; instant < inInstant.length; instant++) {
        amount += float64At(inInstant, instant);
        inInstant[instant] = amount;
        amount += float64At(this.#leftAfter, instant * width + column);
        this.#leftAfter[instant * width + column] = amount;
      }
    });
    return leftIn;
  }
}

/** When placements start or end: ascending, distinct. */
function instantsOf(placements: readonly Placement[]): Float64Array {
  const times = new Float64Array(2 * placements.length);
  let size = 0;
  for (const { startMs, endMs } of placements) {
    times[size++] = startMs;
    times[size++] = endMs;
  }
  times.sort();
  let kept = 0;
  for (let place = 0; place < size; place++) {
    const timeMs = float64At(times, place);
    if (place === 0 || timeMs !== float64At(times, kept - 1)) times[kept++] = timeMs;
  }
  return times.subarray(0, kept);
}

/** The last one that starts before a time, or (unless `isStrict`) in it. */
function latestBefore(
  byStart: readonly Placement[],
  timeMs: number,
  isStrict: boolean,
): Placement | undefined {
  let low = 0;
  let high = byStart.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { startMs } = at(byStart, middle);
    if (startMs < timeMs || (startMs === timeMs && !isStrict)) low = middle + 1;
    else high = middle;
  }
  return byStart[low - 1];
}
