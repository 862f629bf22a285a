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
  #spareRamDiskBytes = 0;
  #spareMemoryBytes = 0;
  readonly #isSlotTaken: Uint8Array;
  readonly #running = new ReleaseList();
  /** Tasks that wait in this round for a slot here, until their expected ends. */
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

  /**
   * Whether a build with these demands that ends at `endMs` can start now without delaying the reserved task. That one's slot is safe:
   * who waits while a slot is free waits for a build to end, and gets that build's slot.
   */
  hasRoom(endMs: number, ramDiskBytes: number, memoryBytes: number): boolean {
    if (this.freeSlots === 0 || this.#freeRamDiskBytes < ramDiskBytes || this.#freeMemoryBytes < memoryBytes)
      return false;
    if (this.reservation === undefined || endMs <= this.reservation.startMs) return true;
    return this.#fitsBesideReserved(ramDiskBytes, memoryBytes);
  }

  /**
   * When a build could start: as soon as the running builds leave room, or behind the reserved task if it would be in its way.
   * With all slots taken, those who wait for one come first. Others who wait for RAM are left out of account.
   * @returns Infinity when never. O(running + waiting)
   */
  estimateStart(nowMs: number, durationMs: number, ramDiskBytes: number, memoryBytes: number): number {
    const startMs = this.#earliestRoom(nowMs, ramDiskBytes, memoryBytes);
    const reservedMs = this.reservation?.startMs ?? startMs;
    if (startMs >= reservedMs || startMs + durationMs <= reservedMs) return startMs;
    return this.#fitsBesideReserved(ramDiskBytes, memoryBytes) ? startMs : reservedMs;
  }

  /**
   * Lets a task wait from `nowMs` for its start. The first one to wait gets the reservation. Those who wait for a slot count in the
   * estimates of the next ones, or all would wait for the fastest builder; those who wait for RAM don't: measured,
   * that sends too much to disk.
   */
  queue(
    nowMs: number,
    task: number,
    startMs: number,
    endMs: number,
    ramDiskBytes: number,
    memoryBytes: number,
  ): void {
    if (this.freeSlots === 0) {
      this.#queue.insert(task, endMs, ramDiskBytes, memoryBytes);
      this.#queuedRamDiskBytes += ramDiskBytes;
      this.#queuedMemoryBytes += memoryBytes;
    }
    if (this.reservation !== undefined) return;
    this.reservation = { task, builder: this.index, startMs, ramDiskBytes, memoryBytes };
    this.#spareRamDiskBytes = this.#freeRamDiskBytes - ramDiskBytes;
    this.#spareMemoryBytes = this.#freeMemoryBytes - memoryBytes;
    for (let index = 0; index < this.#running.length; index++) {
      if (Math.max(nowMs, this.#running.endMs(index)) > startMs) break;
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
      this.#spareRamDiskBytes -= ramDiskBytes;
      this.#spareMemoryBytes -= memoryBytes;
    }
    return slot;
  }

  /** Gives back what a build took. */
  release(task: number, slot: number, ramDiskBytes: number, memoryBytes: number): void {
    if (this.#isSlotTaken[slot] !== 1) throw new Error(`BUG: slot ${String(slot)} is free`);
    this.#isSlotTaken[slot] = 0;
    this.freeSlots++;
    this.#freeRamDiskBytes += ramDiskBytes;
    this.#freeMemoryBytes += memoryBytes;
    this.#running.remove(task);
  }

  #fitsBesideReserved(ramDiskBytes: number, memoryBytes: number): boolean {
    return this.#spareRamDiskBytes >= ramDiskBytes && this.#spareMemoryBytes >= memoryBytes;
  }

  #earliestRoom(nowMs: number, ramDiskBytes: number, memoryBytes: number): number {
    const running = this.#running;
    const queue = this.#queue;
    // What has to be given back first.
    let slots = 1 - this.freeSlots + queue.length;
    let missingRamDisk = ramDiskBytes - this.#freeRamDiskBytes + this.#queuedRamDiskBytes;
    let missingMemory = memoryBytes - this.#freeMemoryBytes + this.#queuedMemoryBytes;
    let timeMs = nowMs;
    let nextRunning = 0;
    let nextQueued = 0;
    while (slots > 0 || missingRamDisk > 0 || missingMemory > 0) {
      const list = running.endMs(nextRunning) <= queue.endMs(nextQueued) ? running : queue;
      const index = list === running ? nextRunning++ : nextQueued++;
      timeMs = list.endMs(index);
      if (timeMs === Infinity) break;
      slots--;
      missingRamDisk -= list.ramDiskBytes(index);
      missingMemory -= list.memoryBytes(index);
    }
    return Math.max(nowMs, timeMs);
  }
}
