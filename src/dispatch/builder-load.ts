import { at } from '../base/column.ts';
import type { Builder } from './problem.ts';
import { ReleaseList } from './release-list.ts';

/** A promise that what starts now will not delay this: the first task that waits for a builder. */
export interface Reservation {
  readonly task: number;
  /** Index into `Problem.builders`. */
  readonly builder: number;
  /** When the task is expected to start there, if it does not start elsewhere earlier. */
  readonly startMs: number;
  readonly ramDiskBytes: number;
  readonly memoryBytes: number;
}

/**
 * What runs on one builder, what waits for it, and what that leaves. Knows no priorities: the dispatcher asks, decides and tells.
 * Builds that are overdue are expected to end now.
 */
export class BuilderLoad {
  /** Index into `Problem.builders`. */
  readonly index: number;
  readonly builder: Builder;
  freeSlots: number;
  reservation: Reservation | undefined;
  #freeRamDiskBytes: number;
  #freeMemoryBytes: number;
  /** Free at the start of the reservation, once the reserved task has started too. */
  #spareSlots = 0;
  #spareRamDiskBytes = 0;
  #spareMemoryBytes = 0;
  readonly #isSlotTaken: Uint8Array;
  readonly #running = new ReleaseList();
  /** Tasks that wait for this builder in this round, as if they ran from their expected start to their expected end. */
  readonly #queue = new ReleaseList();
  #queuedRamDiskBytes = 0;
  #queuedMemoryBytes = 0;

  constructor(builder: Builder, index: number) {
    this.builder = builder;
    this.index = index;
    this.freeSlots = builder.slots;
    this.#freeRamDiskBytes = builder.ramDiskBytes;
    this.#freeMemoryBytes = builder.memoryBytes;
    this.#isSlotTaken = new Uint8Array(builder.slots);
  }

  /** Forgets who waits. */
  clearQueue(): void {
    this.reservation = undefined;
    this.#queue.clear();
    this.#queuedRamDiskBytes = 0;
    this.#queuedMemoryBytes = 0;
  }

  /** Whether a build with these demands that ends at `endMs` can start now without delaying the reserved task. */
  hasRoom(endMs: number, ramDiskBytes: number, memoryBytes: number): boolean {
    if (this.freeSlots === 0 || this.#freeRamDiskBytes < ramDiskBytes || this.#freeMemoryBytes < memoryBytes)
      return false;
    if (this.reservation === undefined || endMs <= this.reservation.startMs) return true;
    return (
      this.#spareSlots >= 1 &&
      this.#spareRamDiskBytes >= ramDiskBytes &&
      this.#spareMemoryBytes >= memoryBytes
    );
  }

  /**
   * When there will be room behind all who run and wait, or in front of the reserved task if the build ends before that starts.
   * @returns Infinity when there never will. O(running + waiting)
   */
  earliestStart(nowMs: number, durationMs: number, ramDiskBytes: number, memoryBytes: number): number {
    const queued = this.#queue.length;
    let slots = this.freeSlots - queued;
    let freeRamDiskBytes = this.#freeRamDiskBytes - this.#queuedRamDiskBytes;
    let freeMemoryBytes = this.#freeMemoryBytes - this.#queuedMemoryBytes;
    const reserved = this.reservation;
    let timeMs = nowMs;
    let nextRunning = 0;
    let nextQueued = 0;
    for (;;) {
      if (slots >= 1 && freeRamDiskBytes >= ramDiskBytes && freeMemoryBytes >= memoryBytes) return timeMs;
      if (
        reserved !== undefined &&
        timeMs + durationMs <= reserved.startMs &&
        slots >= 0 &&
        freeRamDiskBytes + reserved.ramDiskBytes >= ramDiskBytes &&
        freeMemoryBytes + reserved.memoryBytes >= memoryBytes
      )
        return timeMs;
      const runningEndMs = nextRunning < this.#running.length ? this.#running.endMs(nextRunning) : Infinity;
      const queuedEndMs = nextQueued < queued ? this.#queue.endMs(nextQueued) : Infinity;
      if (runningEndMs === Infinity && queuedEndMs === Infinity) return Infinity;
      const isRunning = runningEndMs <= queuedEndMs;
      const list = isRunning ? this.#running : this.#queue;
      const index = isRunning ? nextRunning++ : nextQueued++;
      timeMs = Math.max(nowMs, list.endMs(index));
      slots++;
      freeRamDiskBytes += list.ramDiskBytes(index);
      freeMemoryBytes += list.memoryBytes(index);
    }
  }

  /** Lets a task wait from `nowMs` for its start; the first one to wait gets the reservation. */
  queue(
    nowMs: number,
    task: number,
    startMs: number,
    endMs: number,
    ramDiskBytes: number,
    memoryBytes: number,
  ): void {
    this.#queue.insert(task, endMs, ramDiskBytes, memoryBytes);
    this.#queuedRamDiskBytes += ramDiskBytes;
    this.#queuedMemoryBytes += memoryBytes;
    if (this.reservation !== undefined) return;
    this.reservation = { task, builder: this.index, startMs, ramDiskBytes, memoryBytes };
    this.#spareSlots = this.freeSlots - 1;
    this.#spareRamDiskBytes = this.#freeRamDiskBytes - ramDiskBytes;
    this.#spareMemoryBytes = this.#freeMemoryBytes - memoryBytes;
    for (let index = 0; index < this.#running.length; index++) {
      if (Math.max(nowMs, this.#running.endMs(index)) > startMs) break;
      this.#spareSlots++;
      this.#spareRamDiskBytes += this.#running.ramDiskBytes(index);
      this.#spareMemoryBytes += this.#running.memoryBytes(index);
    }
  }

  /**
   * Starts a build for which there is room.
   * @returns its slot: the lowest free one
   */
  take(task: number, endMs: number, ramDiskBytes: number, memoryBytes: number): number {
    const slot = this.#isSlotTaken.indexOf(0);
    if (slot < 0) throw new Error(`BUG: no free slot on ${this.builder.name}`);
    this.#isSlotTaken[slot] = 1;
    this.freeSlots--;
    this.#freeRamDiskBytes -= ramDiskBytes;
    this.#freeMemoryBytes -= memoryBytes;
    this.#running.insert(task, endMs, ramDiskBytes, memoryBytes);
    if (this.reservation !== undefined && endMs > this.reservation.startMs) {
      this.#spareSlots--;
      this.#spareRamDiskBytes -= ramDiskBytes;
      this.#spareMemoryBytes -= memoryBytes;
    }
    return slot;
  }

  /** Gives back what a build took. */
  release(task: number, slot: number, ramDiskBytes: number, memoryBytes: number): void {
    if (at(this.#isSlotTaken, slot) === 0) throw new Error(`BUG: slot ${String(slot)} is free`);
    this.#isSlotTaken[slot] = 0;
    this.freeSlots++;
    this.#freeRamDiskBytes += ramDiskBytes;
    this.#freeMemoryBytes += memoryBytes;
    this.#running.remove(task);
  }
}
