import { float64At } from '../base/cells.ts';
import type { Builder, Mode, Problem } from './problem.ts';

/**
 * What a build takes from its builder while it runs, besides a slot, or what of it is left. Filled anew for each candidate, so
 * nothing is allocated.
 */
export class Demand {
  /** Of the RAM disk's budget. */
  ramDiskBytes = 0;
  memoryBytes = 0;
  /** Places for builds on disk. */
  diskSlots = 0;
  /** Processors: one for each make job. */
  cores = 0;
  /** The least size of the fixed chroot that it takes whole; -1: none. No amount: see `Chroots`. */
  chrootBytes = -1;

  /** @param footprintBytes what it takes from the RAM disk if the mode is `ram` */
  set(footprintBytes: number, residentBytes: number, builder: Builder, mode: Mode, makeJobs: number): this {
    const inRamBytes = mode === 'ram' ? footprintBytes : 0;
    const takesChroot = mode === 'ram' && builder.ramDiskChroots.length > 0;
    this.ramDiskBytes = takesChroot ? 0 : inRamBytes;
    this.chrootBytes = takesChroot ? inRamBytes : -1;
    this.memoryBytes = residentBytes + inRamBytes;
    this.diskSlots = mode === 'disk' ? 1 : 0;
    this.cores = makeJobs;
    return this;
  }

  setTask(problem: Problem, task: number, builder: Builder, mode: Mode, makeJobs: number): this {
    const footprintBytes = float64At(problem.ramDiskBytes, task);
    return this.set(footprintBytes, float64At(problem.memoryBytes, task), builder, mode, makeJobs);
  }

  /** Whether a demand fits into this. Chroots are not looked at. */
  covers(demand: Demand): boolean {
    return (
      this.ramDiskBytes >= demand.ramDiskBytes &&
      this.memoryBytes >= demand.memoryBytes &&
      this.diskSlots >= demand.diskSlots &&
      this.cores >= demand.cores
    );
  }

  /** Whether no amount is below zero. */
  isEnough(): boolean {
    return this.ramDiskBytes >= 0 && this.memoryBytes >= 0 && this.diskSlots >= 0 && this.cores >= 0;
  }

  add(other: Demand): void {
    this.ramDiskBytes += other.ramDiskBytes;
    this.memoryBytes += other.memoryBytes;
    this.diskSlots += other.diskSlots;
    this.cores += other.cores;
  }

  subtract(other: Demand): void {
    this.ramDiskBytes -= other.ramDiskBytes;
    this.memoryBytes -= other.memoryBytes;
    this.diskSlots -= other.diskSlots;
    this.cores -= other.cores;
  }

  clear(): void {
    this.ramDiskBytes = 0;
    this.memoryBytes = 0;
    this.diskSlots = 0;
    this.cores = 0;
    this.chrootBytes = -1;
  }

  copy(other: Demand): void {
    this.ramDiskBytes = other.ramDiskBytes;
    this.memoryBytes = other.memoryBytes;
    this.diskSlots = other.diskSlots;
    this.cores = other.cores;
    this.chrootBytes = other.chrootBytes;
  }
}
