import { at } from '../base/column.ts';
import { float64At, int32At } from '../base/cells.ts';
import { isAdmissible, modeDuration, type Builder, type Mode, type Problem } from '../dispatch/problem.ts';

/** The resources of `RamDiskLoad`; behind them follow the parts of the RAM disk. */
const SLOTS = 0;
const MEMORY = 1;
const DISK = 2;
const CORES = 3;
const RAM_DISK = 4;

/**
 * How long each resource of an architecture is busy at least, all its builders taken together, when some tasks are built in RAM
 * and the others on disk: duration × the builder's speed, on the builder where it is least. The RAM disk is one resource of
 * bytes; where all builders have fixed chroots, one resource for each size: what needs that size or a larger one shares those
 * chroots. What runs already is left out.
 */
export class RamDiskLoad {
  /** 1: the task can be built in RAM and on disk. */
  readonly isCandidate: Uint8Array;
  /** Those that can be built in RAM alone. */
  readonly ramOnly: readonly number[];
  readonly #problem: Problem;
  readonly #builders: readonly Builder[];
  /** Sizes of chroots, ascending; empty: the RAM disk is a budget. */
  readonly #sizes: readonly number[];
  readonly #capacity: Float64Array;
  /** With every candidate on disk. */
  readonly #onDisk: Float64Array;
  readonly #ramMs: Float64Array;
  readonly #diskMs: Float64Array;

  constructor(problem: Problem, arch: string) {
    this.#problem = problem;
    this.#builders = problem.builders.filter((builder) => builder.arch === arch);
    const withRamDisk = this.#builders.filter(({ ramDiskBytes }) => ramDiskBytes > 0);
    const haveChroots = withRamDisk.every(({ ramDiskChroots }) => ramDiskChroots.length > 0);
    const chroots = haveChroots ? withRamDisk.flatMap(({ ramDiskChroots }) => ramDiskChroots) : [];
    this.#sizes = [...new Set(chroots)].sort((a, b) => a - b);
    this.#capacity = this.#makeCapacity();
    this.#onDisk = new Float64Array(this.#capacity.length);
    this.#ramMs = new Float64Array(problem.taskCount);
    this.#diskMs = new Float64Array(problem.taskCount);
    this.isCandidate = new Uint8Array(problem.taskCount);
    const ramOnly: number[] = [];
    const runs = new Uint8Array(problem.taskCount);
    for (const { task } of problem.running) runs[task] = 1;
    for (let task = 0; task < problem.taskCount; task++) {
      if (problem.arch[task] !== arch || runs[task] === 1) continue;
      const ramMs = this.#leastWork(task, 'ram');
      const diskMs = this.#leastWork(task, 'disk');
      this.#ramMs[task] = ramMs;
      this.#diskMs[task] = diskMs;
      if (diskMs < Infinity) this.#addDisk(this.#onDisk, task, 1);
      else if (ramMs < Infinity) this.#addRam(this.#onDisk, task);
      if (diskMs < Infinity && ramMs < Infinity) this.isCandidate[task] = 1;
      else if (ramMs < Infinity) ramOnly.push(task);
    }
    this.ramOnly = ramOnly;
  }

  /**
   * Whether no order of candidates puts off the end by being taken into RAM: what they take more of than on disk stays less busy
   * than the slots are with all of them in RAM. No is not proven. O(tasks)
   */
  get lastsForAll(): boolean {
    const busy = this.#onDisk.slice();
    let mostMemory = float64At(busy, MEMORY);
    for (let task = 0; task < this.isCandidate.length; task++) {
      if (this.isCandidate[task] === 0) continue;
      // Durations are rounded up, then multiplied by speeds: RAM on one builder may be more work than the disk of another.
      if (float64At(this.#ramMs, task) > float64At(this.#diskMs, task)) return false;
      const memory = float64At(busy, MEMORY);
      this.#addDisk(busy, task, -1);
      this.#addRam(busy, task);
      mostMemory += Math.max(0, float64At(busy, MEMORY) - memory);
    }
    busy[MEMORY] = mostMemory;
    const slotsMs = float64At(busy, SLOTS) / float64At(this.#capacity, SLOTS);
    for (let resource = 0; resource < busy.length; resource++) {
      const mayRise = resource === MEMORY || resource >= RAM_DISK;
      // Sums of fractions depend on their order: no close calls.
      if (mayRise && this.#busyMs(busy, resource) > slotsMs * 0.999) return false;
    }
    return true;
  }

  /**
   * Takes candidates into RAM, in this order, for as long as that does not put off the end of the plan at best: the longest chain
   * of needs, or the resource that is busy longest. O(candidates × sizes)
   */
  fill(order: Int32Array, longestChainMs: number): { readonly count: number; readonly horizonMs: number } {
    const busy = this.#onDisk.slice();
    let horizonMs = this.#longest(busy, longestChainMs);
    for (let count = 0; count < order.length; count++) {
      const task = int32At(order, count);
      this.#addDisk(busy, task, -1);
      this.#addRam(busy, task);
      const nextMs = this.#longest(busy, longestChainMs);
      if (nextMs > horizonMs) return { count, horizonMs };
      horizonMs = nextMs;
    }
    return { count: order.length, horizonMs };
  }

  #makeCapacity(): Float64Array {
    const capacity = new Float64Array(RAM_DISK + Math.max(1, this.#sizes.length));
    for (const { speed, slots, memoryBytes, diskSlots, cores, ramDiskBytes, ramDiskChroots } of this
      .#builders) {
      capacity[SLOTS] = at(capacity, SLOTS) + slots * speed;
      capacity[MEMORY] = at(capacity, MEMORY) + memoryBytes * speed;
      capacity[DISK] = at(capacity, DISK) + diskSlots * speed;
      capacity[CORES] = at(capacity, CORES) + cores * speed;
      if (this.#sizes.length === 0) capacity[RAM_DISK] = at(capacity, RAM_DISK) + ramDiskBytes * speed;
      this.#sizes.forEach((bytes, index) => {
        const count = ramDiskChroots.filter((chroot) => chroot >= bytes).length;
        capacity[RAM_DISK + index] = at(capacity, RAM_DISK + index) + count * speed;
      });
    }
    return capacity;
  }

  #longest(busy: Float64Array, longestChainMs: number): number {
    let longestMs = longestChainMs;
    for (let resource = 0; resource < busy.length; resource++)
      longestMs = Math.max(longestMs, this.#busyMs(busy, resource));
    return longestMs;
  }

  #busyMs(busy: Float64Array, resource: number): number {
    const amount = float64At(busy, resource);
    // Sums of fractions leave crumbs: a disk that nobody uses need not be there.
    return amount > 1e-6 ? amount / float64At(this.#capacity, resource) : 0;
  }

  #addDisk(busy: Float64Array, task: number, sign: number): void {
    const diskMs = sign * float64At(this.#diskMs, task);
    busy[SLOTS] = float64At(busy, SLOTS) + diskMs;
    busy[DISK] = float64At(busy, DISK) + diskMs;
    busy[MEMORY] = float64At(busy, MEMORY) + float64At(this.#problem.memoryBytes, task) * diskMs;
    busy[CORES] = float64At(busy, CORES) + this.#mostJobs() * diskMs;
  }

  #addRam(busy: Float64Array, task: number): void {
    const ramMs = float64At(this.#ramMs, task);
    const footprintBytes = float64At(this.#problem.ramDiskBytes, task);
    busy[SLOTS] = float64At(busy, SLOTS) + ramMs;
    busy[MEMORY] =
      float64At(busy, MEMORY) + (footprintBytes + float64At(this.#problem.memoryBytes, task)) * ramMs;
    busy[CORES] = float64At(busy, CORES) + this.#mostJobs() * ramMs;
    const sizes = this.#sizes;
    if (sizes.length === 0) busy[RAM_DISK] = float64At(busy, RAM_DISK) + footprintBytes * ramMs;
    for (let index = 0; index < sizes.length; index++) {
      busy[RAM_DISK + index] = float64At(busy, RAM_DISK + index) + ramMs;
      if (at(sizes, index) >= footprintBytes) break;
    }
  }

  /** How many make jobs a build takes; of several builders the first speaks for all. */
  #mostJobs(): number {
    return this.#builders[0]?.makeJobs.at(-1) ?? 1;
  }

  #leastWork(task: number, mode: Mode): number {
    let least = Infinity;
    for (const builder of this.#builders) {
      if (!isAdmissible(this.#problem, task, builder, mode)) continue;
      const mostJobs = at(builder.makeJobs, builder.makeJobs.length - 1);
      least = Math.min(least, modeDuration(this.#problem, task, builder, mode, mostJobs) * builder.speed);
    }
    return least;
  }
}
