import { float64At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import {
  isAdmissible,
  memoryDemand,
  ramDiskDemand,
  type Builder,
  type Mode,
  type Placement,
  type Problem,
} from '../dispatch/problem.ts';

/** What is reserved on one builder, and whether something more fits; it decides nothing. */
export class BuilderRoom {
  readonly builder: Builder;
  readonly #problem: Problem;
  readonly #isChrootTaken: Uint8Array;
  #freeSlots: number;
  #freeDiskSlots: number;
  #freeCores: number;
  #freeRamDiskBytes: number;
  #freeMemoryBytes: number;

  constructor(problem: Problem, builder: Builder) {
    this.builder = builder;
    this.#problem = problem;
    this.#isChrootTaken = new Uint8Array(builder.ramDiskChroots.length);
    this.#freeSlots = builder.slots;
    this.#freeDiskSlots = builder.diskSlots;
    this.#freeCores = builder.cores;
    this.#freeRamDiskBytes = builder.ramDiskBytes;
    this.#freeMemoryBytes = builder.memoryBytes;
  }

  get freeSlots(): number {
    return this.#freeSlots;
  }

  /** Whether there is room for a task in this mode, in whichever chroot. */
  hasRoom(task: number, mode: Mode, makeJobs: number): boolean {
    if (this.#freeSlots === 0 || this.#freeCores < makeJobs) return false;
    if (memoryDemand(this.#problem, task, mode) > this.#freeMemoryBytes) return false;
    if (!isAdmissible(this.#problem, task, this.builder, mode)) return false;
    if (mode === 'disk') return this.#freeDiskSlots > 0;
    const footprintBytes = float64At(this.#problem.ramDiskBytes, task);
    const chroots = this.builder.ramDiskChroots;
    if (chroots.length === 0) return footprintBytes <= this.#freeRamDiskBytes;
    return chroots.some((bytes, chroot) => bytes >= footprintBytes && this.#isChrootTaken[chroot] === 0);
  }

  /** Whether a build can start exactly so. Whether its slot is free is not looked at. */
  hasRoomFor({ task, mode, makeJobs, chroot }: Placement): boolean {
    if (chroot >= 0 && this.#isChrootTaken[chroot] === 1) return false;
    return this.hasRoom(task, mode, makeJobs);
  }

  take(placement: Placement): void {
    this.#change(placement, 1);
  }

  release(placement: Placement): void {
    this.#change(placement, -1);
  }

  #change({ task, mode, makeJobs, chroot }: Placement, sign: 1 | -1): void {
    this.#freeSlots -= sign;
    this.#freeCores -= sign * makeJobs;
    this.#freeRamDiskBytes -= sign * ramDiskDemand(this.#problem, task, mode);
    this.#freeMemoryBytes -= sign * memoryDemand(this.#problem, task, mode);
    if (mode === 'disk') this.#freeDiskSlots -= sign;
    if (chroot >= 0) this.#isChrootTaken[chroot] = Math.max(0, sign);
  }
}

/** The rooms of all builders, empty. */
export function emptyRooms(problem: Problem): readonly BuilderRoom[] {
  return problem.builders.map((builder) => new BuilderRoom(problem, builder));
}

/** The room that a placement is in. */
export function roomOf(rooms: readonly BuilderRoom[], { builder }: Placement): BuilderRoom {
  return at(rooms, builder);
}
