import { at } from '../base/column.ts';
import { float64At, int32At } from '../base/cells.ts';
import {
  isAdmissible,
  memoryDemand,
  modeDuration,
  type Builder,
  type Mode,
  type Placement,
  type Problem,
} from '../dispatch/problem.ts';

/** How one system divides a builder. */
export interface Division {
  /** Sizes of the chroots on the RAM disk in the order in which they are tried, 0 for none; empty: one budget. */
  readonly chroots: readonly number[];
  /** Builds on disk at once. */
  readonly diskSlots: number;
}

/** The builder as it is. */
export function asItIs({ ramDiskChroots, diskSlots }: Builder): Division {
  return { chroots: ramDiskChroots, diskSlots };
}

/** What is taken of one builder, for systems that only look at what fits now. */
export class Occupancy {
  readonly #problem: Problem;
  readonly #builder: Builder;
  readonly #index: number;
  readonly #division: Division;
  readonly #isSlotTaken: Uint8Array;
  readonly #isChrootTaken: Uint8Array;
  /** The chroot that the build in each slot takes; -1: none. */
  readonly #chrootOf: Int32Array;
  #freeSlots: number;
  #freeDiskSlots: number;
  #freeRamDiskBytes: number;
  #freeMemoryBytes: number;
  #freeCores: number;

  constructor(problem: Problem, index: number, division: Division) {
    const builder = at(problem.builders, index);
    this.#problem = problem;
    this.#builder = builder;
    this.#index = index;
    this.#division = division;
    this.#isSlotTaken = new Uint8Array(builder.slots);
    this.#isChrootTaken = new Uint8Array(division.chroots.length);
    this.#chrootOf = new Int32Array(builder.slots).fill(-1);
    this.#freeSlots = builder.slots;
    this.#freeDiskSlots = division.diskSlots;
    this.#freeRamDiskBytes = builder.ramDiskBytes;
    this.#freeMemoryBytes = builder.memoryBytes;
    this.#freeCores = builder.cores;
  }

  get hasFreeSlot(): boolean {
    return this.#freeSlots > 0;
  }

  get builder(): Builder {
    return this.#builder;
  }

  /** Where the task would run if it started now; undefined: it does not fit in this mode. Nothing is taken. */
  place(task: number, mode: Mode, makeJobs: number, nowMs: number): Placement | undefined {
    const chroot = mode === 'ram' ? this.#findChroot(float64At(this.#problem.ramDiskBytes, task)) : -1;
    if (chroot === undefined || (mode === 'disk' && this.#freeDiskSlots <= 0)) return undefined;
    if (this.#freeSlots === 0 || this.#freeCores < makeJobs) return undefined;
    if (memoryDemand(this.#problem, task, mode) > this.#freeMemoryBytes) return undefined;
    return this.#placement(task, mode, makeJobs, nowMs, chroot);
  }

  /** The same on an idle builder whose own limits count, not the division. */
  placeAlone(task: number, mode: Mode, makeJobs: number, nowMs: number): Placement | undefined {
    if (this.#freeSlots < this.#builder.slots || !isAdmissible(this.#problem, task, this.#builder, mode))
      return undefined;
    return this.#placement(task, mode, makeJobs, nowMs, 0);
  }

  take(placement: Placement): void {
    const { task, slot, mode, chroot } = placement;
    this.#isSlotTaken[slot] = 1;
    if (mode === 'ram' && this.#division.chroots.length > 0) {
      const taken = chroot < 0 ? this.#findChroot(float64At(this.#problem.ramDiskBytes, task)) : chroot;
      this.#chrootOf[slot] = taken ?? -1;
      if (taken !== undefined) this.#isChrootTaken[taken] = 1;
    }
    this.#change(placement, 1);
  }

  release(placement: Placement): void {
    const { slot } = placement;
    const chroot = int32At(this.#chrootOf, slot);
    if (chroot >= 0) this.#isChrootTaken[chroot] = 0;
    this.#chrootOf[slot] = -1;
    this.#isSlotTaken[slot] = 0;
    this.#change(placement, -1);
  }

  /** The parts into which a system cuts a budget have no number in a placement. */
  #placement(task: number, mode: Mode, makeJobs: number, startMs: number, chroot: number): Placement {
    const isNumbered = mode === 'ram' && this.#builder.ramDiskChroots.length > 0;
    return {
      task,
      builder: this.#index,
      slot: this.#isSlotTaken.indexOf(0),
      mode,
      makeJobs,
      chroot: isNumbered ? chroot : -1,
      startMs,
      endMs: startMs + modeDuration(this.#problem, task, this.#builder, mode, makeJobs),
    };
  }

  /** The first free one that is large enough; 0 where the RAM disk is one budget that has room; undefined: none. */
  #findChroot(ramDiskBytes: number): number | undefined {
    if (this.#builder.ramDiskBytes === 0 || ramDiskBytes > this.#freeRamDiskBytes) return undefined;
    const { chroots } = this.#division;
    if (chroots.length === 0) return 0;
    for (let chroot = 0; chroot < chroots.length; chroot++) {
      const size = at(chroots, chroot);
      if (size > 0 && size >= ramDiskBytes && this.#isChrootTaken[chroot] === 0) return chroot;
    }
    return undefined;
  }

  #change({ task, mode, makeJobs }: Placement, sign: 1 | -1): void {
    this.#freeSlots -= sign;
    this.#freeCores -= sign * makeJobs;
    this.#freeMemoryBytes -= sign * memoryDemand(this.#problem, task, mode);
    if (mode === 'disk') this.#freeDiskSlots -= sign;
    else this.#freeRamDiskBytes -= sign * float64At(this.#problem.ramDiskBytes, task);
  }
}
