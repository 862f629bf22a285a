import type { Builder, Mode } from '../dispatch/problem.ts';

/** What a build that runs is said to take, besides a slot. */
export interface Load {
  readonly mode: Mode;
  readonly ramDiskBytes: number;
  /** Of its processes. */
  readonly memoryBytes: number;
  readonly makeJobs: number;
  /** The fixed chroot that it is said to have; undefined: any. */
  readonly chroot: number | undefined;
}

/** What of it is counted. */
export interface CountedLoad extends Omit<Load, 'chroot'> {
  /** -1: none. */
  readonly chroot: number;
  /** What there was too little of, in words; empty: everything fits. */
  readonly lacks: readonly string[];
}

/** One builder while running builds move in: never more is counted than it has, whatever really runs there. */
export class Home {
  readonly builder: Builder;
  readonly #slots = new Set<number>();
  readonly #chroots = new Set<number>();
  #ramDiskBytes: number;
  #memoryBytes: number;
  #diskSlots: number;
  #cores: number;

  constructor(builder: Builder) {
    this.builder = builder;
    this.#ramDiskBytes = builder.ramDiskBytes;
    this.#memoryBytes = builder.memoryBytes;
    this.#diskSlots = builder.diskSlots;
    this.#cores = builder.cores;
  }

  get hasFreeSlot(): boolean {
    return this.#slots.size < this.builder.slots;
  }

  isFree(slot: number): boolean {
    return slot < this.builder.slots && !this.#slots.has(slot);
  }

  /** Takes the wished slot, if it is free, or else the first free one: there has to be one. */
  takeSlot(wished: number | undefined): number {
    let slot = 0;
    if (wished !== undefined && this.isFree(wished)) slot = wished;
    else while (this.#slots.has(slot)) slot++;
    this.#slots.add(slot);
    return slot;
  }

  /** Counts a build as far as there is room for it. */
  take(load: Load): CountedLoad {
    const lacks: string[] = [];
    const within = (wanted: number, left: number, what: string): number => {
      if (wanted > left) lacks.push(what);
      return Math.min(wanted, left);
    };
    const isOnDisk = load.mode === 'disk';
    const hasChroots = !isOnDisk && this.builder.ramDiskChroots.length > 0;
    const chroot = hasChroots ? this.#takeChroot(load.ramDiskBytes, load.chroot) : -1;
    if (hasChroots && chroot < 0) lacks.push('chroot');
    const roomBytes = hasChroots ? Infinity : this.#ramDiskBytes;
    const inRamBytes = isOnDisk ? 0 : within(load.ramDiskBytes, roomBytes, 'RAM disk');
    const memoryBytes = within(load.memoryBytes + inRamBytes, this.#memoryBytes, 'memory');
    const makeJobs = within(load.makeJobs, this.#cores, 'cores');
    const diskSlots = isOnDisk ? within(1, this.#diskSlots, 'place on disk') : 0;
    const ramDiskBytes = Math.min(inRamBytes, memoryBytes);
    if (!hasChroots) this.#ramDiskBytes -= ramDiskBytes;
    this.#memoryBytes -= memoryBytes;
    this.#cores -= makeJobs;
    this.#diskSlots -= diskSlots;
    // one more on disk than there is place for: to the dispatcher a build in RAM that takes nothing of it
    const mode: Mode = isOnDisk && diskSlots === 1 ? 'disk' : 'ram';
    return { mode, ramDiskBytes, memoryBytes: memoryBytes - ramDiskBytes, makeJobs, chroot, lacks };
  }

  #takeChroot(bytes: number, wished: number | undefined): number {
    const { ramDiskChroots } = this.builder;
    const isFree = (chroot: number): boolean =>
      ramDiskChroots[chroot] !== undefined && !this.#chroots.has(chroot);
    const fitting = ramDiskChroots.findLastIndex((size, chroot) => size >= bytes && isFree(chroot));
    const chroot = wished !== undefined && isFree(wished) ? wished : fitting;
    if (chroot >= 0) this.#chroots.add(chroot);
    return chroot;
  }
}
