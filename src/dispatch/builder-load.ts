import { at } from '../base/column.ts';
import { Chroots } from './chroots.ts';
import { Demand } from './demand.ts';
import type { Builder, Mode } from './problem.ts';
import { ReleaseList } from './release-list.ts';

/** A promise that what starts now will not delay this: the first task that waits for a builder. */
export interface Reservation {
  readonly task: number;
  /** Index into `Problem.builders`. */
  readonly builder: number;
  readonly mode: Mode;
  readonly makeJobs: number;
  /** The fixed chroot that is kept for it, as in `Placement`; -1: none. */
  readonly chroot: number;
  /** When the task is expected to start there, if it does not start elsewhere earlier. */
  readonly startMs: number;
}

/** What keeps a build from starting: the first of these that there is too little of, or, where all suffice, another's reservation. */
export interface Lack {
  readonly why: 'slot' | 'chroot' | 'ram-disk' | 'memory' | 'disk-slot' | 'cores' | 'reserved';
  /** How much of it is free, and how much is needed: bytes, or a number of places. Of a `reserved` one: as if there were none. */
  readonly free: number;
  readonly needed: number;
  /** The task that the room is kept for; -1: none. */
  readonly forTask: number;
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
  readonly #free = new Demand();
  /** Free at the start of the reservation, once the reserved task has started too. */
  readonly #spare = new Demand();
  readonly #chroots: Chroots;
  readonly #isSlotTaken: Uint8Array;
  readonly #running = new ReleaseList();
  /** Tasks that wait in this round for a slot here, until their expected ends. */
  readonly #queue = new ReleaseList();
  readonly #queued = new Demand();
  readonly #left = new Demand();
  readonly #asked = new Demand();
  /** The last answer to `startsWithin` in this state: how long a build with this footprint and memory waits. NaN: none. */
  readonly #known = { footprintBytes: 0, residentBytes: 0, waitMs: NaN };

  constructor(builder: Builder, index: number) {
    this.builder = builder;
    this.index = index;
    this.freeSlots = builder.slots;
    this.#free.ramDiskBytes = builder.ramDiskChroots.length === 0 ? builder.ramDiskBytes : 0;
    this.#free.memoryBytes = builder.memoryBytes;
    this.#free.diskSlots = builder.diskSlots;
    this.#free.cores = builder.cores;
    this.#chroots = new Chroots(builder.ramDiskChroots);
    this.#isSlotTaken = new Uint8Array(builder.slots);
  }

  /** Forgets who waits. */
  clearQueue(): void {
    this.reservation = undefined;
    this.#known.waitMs = NaN;
    if (this.#queue.length === 0) return;
    this.#queue.clear();
    this.#queued.clear();
    this.#chroots.clearQueue();
  }

  /**
   * Whether a build with this demand that ends at `endMs` can start now without delaying the reserved task. That one's slot is safe:
   * who waits while a slot is free waits for a build to end, and gets that build's slot.
   */
  hasRoom(endMs: number, demand: Demand): boolean {
    if (this.freeSlots === 0 || !this.#free.covers(demand)) return false;
    const { reservation } = this;
    if (reservation === undefined || endMs <= reservation.startMs)
      return demand.chrootBytes < 0 || this.#chroots.smallestFree(demand.chrootBytes, -1) >= 0;
    if (!this.#spare.covers(demand)) return false;
    return demand.chrootBytes < 0 || this.#chroots.smallestFree(demand.chrootBytes, reservation.chroot) >= 0;
  }

  /** Why a build with this demand that would end at `endMs` has no room now; undefined: it has. */
  lack(endMs: number, demand: Demand): Lack | undefined {
    if (this.hasRoom(endMs, demand)) return undefined;
    const free = this.#free;
    const lacks = (why: Lack['why'], has: number, needed: number): Lack | undefined =>
      has < needed ? { why, free: Math.max(0, has), needed, forTask: -1 } : undefined;
    const { chrootBytes } = demand;
    return (
      lacks('slot', this.freeSlots, 1) ??
      (chrootBytes < 0 ? undefined : lacks('chroot', this.#chroots.largestFreeBytes(), chrootBytes)) ??
      lacks('ram-disk', free.ramDiskBytes, demand.ramDiskBytes) ??
      lacks('memory', free.memoryBytes, demand.memoryBytes) ??
      lacks('disk-slot', free.diskSlots, demand.diskSlots) ??
      lacks('cores', free.cores, demand.cores) ?? {
        ...{ why: 'reserved', free: 0, needed: 0, forTask: this.reservation?.task ?? -1 },
      }
    );
  }

  /**
   * When a build could start: as soon as the running builds leave room, or behind the reserved task if it would be in its way.
   * With all slots taken, those who wait for one come first. Others who wait for RAM are left out of account.
   * @returns Infinity when never. O(running + waiting + chroots)
   */
  estimateStart(nowMs: number, durationMs: number, demand: Demand): number {
    const roomMs = this.#earliestRoom(nowMs, demand);
    const startMs = Math.max(roomMs, this.#earliestChroot(demand, -1));
    const { reservation } = this;
    if (reservation === undefined || startMs >= reservation.startMs) return startMs;
    if (startMs + durationMs <= reservation.startMs) return startMs;
    if (!this.#spare.covers(demand)) return reservation.startMs;
    const besideMs = Math.max(roomMs, this.#earliestChroot(demand, reservation.chroot));
    return Math.min(besideMs, reservation.startMs);
  }

  /**
   * Whether a build in RAM with the most make jobs that runs for ever could start in less than `limitMs`. Less demand never waits
   * longer, so the last answer often answers for this one too.
   */
  startsWithin(limitMs: number, nowMs: number, footprintBytes: number, residentBytes: number): boolean {
    const known = this.#known;
    const isLess = footprintBytes <= known.footprintBytes && residentBytes <= known.residentBytes;
    if (isLess && known.waitMs < limitMs) return true;
    const isMore = footprintBytes >= known.footprintBytes && residentBytes >= known.residentBytes;
    if (isMore && known.waitMs >= limitMs) return false;
    const { makeJobs } = this.builder;
    const mostJobs = at(makeJobs, makeJobs.length - 1);
    this.#asked.set(footprintBytes, residentBytes, this.builder, 'ram', mostJobs);
    known.footprintBytes = footprintBytes;
    known.residentBytes = residentBytes;
    known.waitMs = this.estimateStart(nowMs, Infinity, this.#asked) - nowMs;
    return known.waitMs < limitMs;
  }

  /**
   * Lets a task wait from `nowMs` until it can start in this mode. The first one to wait gets the reservation. Those who wait for a
   * slot count in the estimates of the next ones, or all would wait for the fastest builder; those who wait for RAM don't:
   * measured, that sends too much to disk.
   */
  queue(
    nowMs: number,
    task: number,
    mode: Mode,
    makeJobs: number,
    startMs: number,
    endMs: number,
    demand: Demand,
  ): void {
    this.#known.waitMs = NaN;
    const { chrootBytes } = demand;
    const chroot = chrootBytes < 0 ? -1 : this.#chroots.smallestFreeBy(startMs, chrootBytes);
    if (this.freeSlots === 0) {
      this.#queue.insert(task, endMs, demand);
      this.#queued.add(demand);
      if (chroot >= 0) this.#chroots.queue(chroot, endMs);
    }
    if (this.reservation !== undefined) return;
    this.reservation = { task, builder: this.index, mode, makeJobs, chroot, startMs };
    const spare = this.#spare;
    spare.copy(this.#free);
    spare.subtract(demand);
    for (let index = 0; index < this.#running.length; index++) {
      if (Math.max(nowMs, this.#running.endMs(index)) > startMs) break;
      this.#running.addTo(spare, index);
    }
  }

  lowestFreeSlot(): number {
    return this.#isSlotTaken.indexOf(0);
  }

  /** The fixed chroot for a build that has room and ends at `endMs`: the smallest one that leaves the reserved task its own; -1: it needs none. */
  chooseChroot(endMs: number, demand: Demand): number {
    if (demand.chrootBytes < 0) return -1;
    const { reservation } = this;
    const kept = reservation === undefined || endMs <= reservation.startMs ? -1 : reservation.chroot;
    return this.#chroots.smallestFree(demand.chrootBytes, kept);
  }

  /** Starts a build in a place that is free. */
  take(task: number, slot: number, chroot: number, endMs: number, demand: Demand): void {
    if (this.#isSlotTaken[slot] !== 0)
      throw new Error(`BUG: slot ${String(slot)} of ${this.builder.name} is not free`);
    this.#known.waitMs = NaN;
    this.#isSlotTaken[slot] = 1;
    this.freeSlots--;
    this.#free.subtract(demand);
    if (chroot >= 0) this.#chroots.take(chroot, endMs);
    this.#running.insert(task, endMs, demand);
    if (this.reservation !== undefined && endMs > this.reservation.startMs) this.#spare.subtract(demand);
  }

  /** Gives back what a build took. */
  release(task: number, slot: number, chroot: number, demand: Demand): void {
    if (this.#isSlotTaken[slot] !== 1) throw new Error(`BUG: slot ${String(slot)} is free`);
    this.#known.waitMs = NaN;
    this.#isSlotTaken[slot] = 0;
    this.freeSlots++;
    this.#free.add(demand);
    if (chroot >= 0) this.#chroots.release(chroot);
    this.#running.remove(task);
  }

  #earliestChroot({ chrootBytes }: Demand, kept: number): number {
    return chrootBytes < 0 ? -Infinity : this.#chroots.earliestFreeMs(chrootBytes, kept);
  }

  /** When slots and amounts suffice; chroots are not looked at. */
  #earliestRoom(nowMs: number, demand: Demand): number {
    const running = this.#running;
    const queue = this.#queue;
    let slots = 1 - this.freeSlots + queue.length;
    // What is below zero has to be given back first.
    const left = this.#left;
    left.copy(this.#free);
    left.subtract(this.#queued);
    left.subtract(demand);
    let timeMs = nowMs;
    let nextRunning = 0;
    let nextQueued = 0;
    while (slots > 0 || !left.isEnough()) {
      const list = running.endMs(nextRunning) <= queue.endMs(nextQueued) ? running : queue;
      const index = list === running ? nextRunning++ : nextQueued++;
      timeMs = list.endMs(index);
      if (timeMs === Infinity) break;
      slots--;
      list.addTo(left, index);
    }
    return Math.max(nowMs, timeMs);
  }
}
