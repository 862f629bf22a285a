import { at } from '../base/column.ts';
import { float64At } from '../base/cells.ts';
import {
  memoryDemand,
  ramDiskDemand,
  type Builder,
  type Placement,
  type Problem,
} from '../dispatch/problem.ts';

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
  /** The same in the instant: what ends has ended, what starts has not started. */
  readonly #leftIn: Float64Array;
  /** By chroot, each by start. */
  readonly #inChroot: readonly (readonly Placement[])[];

  /** @param placements all on this builder. O(n log n) */
  constructor(problem: Problem, builder: Builder, placements: readonly Placement[]) {
    this.#problem = problem;
    const lasting = placements.filter(({ startMs, endMs }) => endMs > startMs);
    const times = Float64Array.from(lasting.flatMap(({ startMs, endMs }) => [startMs, endMs])).sort();
    this.#instants = times.filter((timeMs, place) => place === 0 || timeMs !== times[place - 1]);
    this.#leftAfter = new Float64Array(this.#instants.length * RESOURCES.length);
    this.#leftIn = new Float64Array(this.#instants.length * RESOURCES.length);
    this.#inChroot = builder.ramDiskChroots.map((_, chroot) =>
      lasting.filter((one) => one.chroot === chroot).sort((a, b) => a.startMs - b.startMs),
    );
    this.#sweep(builder, lasting);
  }

  /**
   * The resource that a placement was short of just before its start; of several the one that it had been short of for longest
   * without a break since `sinceMs`: what it could have had in between, others got before it. Ties in the order of `RESOURCES`.
   * @returns undefined when nothing was short. O(instants since then), usually few
   */
  shortage(placement: Placement, sinceMs: number): Resource | undefined {
    const start = this.#find(placement.startMs);
    const demand = demandOf(this.#problem, placement);
    let short = RESOURCES.filter(
      (resource) => start > 0 && !this.#isEnough(placement, demand, resource, start - 1, this.#leftAfter),
    );
    for (let instant = start - 1; short.length > 1 && instant >= 0; instant--) {
      if (float64At(this.#instants, instant) < sinceMs) break;
      const still = short.filter(
        (resource) => !this.#isEnough(placement, demand, resource, instant, this.#leftIn),
      );
      if (still.length > 0) short = still;
      if (still.length === 0) break;
    }
    return short[0];
  }

  #isEnough(
    placement: Placement,
    demand: readonly number[],
    resource: Resource,
    instant: number,
    left: Float64Array,
  ): boolean {
    const column = RESOURCES.indexOf(resource);
    if (resource === 'ram-disk' && placement.mode === 'ram' && this.#inChroot.length > 0)
      return this.#hasChroot(placement, float64At(this.#instants, instant), left === this.#leftIn);
    return at(demand, column) <= float64At(left, instant * RESOURCES.length + column);
  }

  /** Whether a chroot that is large enough is free from an instant on, or in it. */
  #hasChroot(placement: Placement, timeMs: number, isIn: boolean): boolean {
    const fitting = fittingChroots(this.#problem, placement);
    for (let chroot = 0; chroot < fitting; chroot++) {
      const user = latestBefore(at(this.#inChroot, chroot), timeMs, isIn);
      if (user === undefined || user.endMs <= timeMs) return true;
    }
    return false;
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

  #sweep(builder: Builder, placements: readonly Placement[]): void {
    const { slots, ramDiskBytes, memoryBytes, diskSlots, cores } = builder;
    const width = RESOURCES.length;
    // First what each instant changes, then what that leaves.
    for (const placement of placements) {
      const start = this.#find(placement.startMs) * width;
      const end = this.#find(placement.endMs) * width;
      demandOf(this.#problem, placement).forEach((amount, column) => {
        this.#leftAfter[start + column] = at(this.#leftAfter, start + column) - amount;
        this.#leftIn[end + column] = at(this.#leftIn, end + column) + amount;
      });
    }
    const left = [slots, ramDiskBytes, memoryBytes, diskSlots, cores];
    for (let cell = 0; cell < this.#leftAfter.length; cell++) {
      const column = cell % width;
      const inIt = at(left, column) + float64At(this.#leftIn, cell);
      this.#leftIn[cell] = inIt;
      left[column] = inIt + float64At(this.#leftAfter, cell);
      this.#leftAfter[cell] = at(left, column);
    }
  }
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
