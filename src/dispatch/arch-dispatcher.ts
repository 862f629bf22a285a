import { at } from '../base/column.ts';
import { float64At } from '../base/cells.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import type { BuilderLoad, Reservation } from './builder-load.ts';
import { Demand } from './demand.ts';
import { findHolds, type Hold } from './find-holds.ts';
import {
  allottedJobs,
  isAdmissible,
  jobsFactor,
  largestFootprint,
  modeDuration,
  scaleDuration,
  type DispatchRule,
  type Mode,
  type Placement,
  type Problem,
} from './problem.ts';
import { ReadyTree, type DemandRange, type DemandSource, type RangeFilter } from './ready-tree.ts';

/**
 * The ready tasks of one architecture and the builders that share them: decides which task starts now, where and how.
 * Each round goes once through the ready tasks by priority and lets each one take the candidate that ends first.
 */
export class ArchDispatcher implements RangeFilter, DemandSource {
  readonly #problem: Problem;
  readonly #rule: DispatchRule;
  /** The fastest first, then by index: the order in which ties are broken. */
  readonly #loads: readonly BuilderLoad[];
  readonly #ready: ReadyTree;
  /** How many waiting tasks count for those behind them: one a builder, and one for each slot that is faster than the slowest. */
  readonly #queueLimit: number;
  /** Whether a task gets the same make jobs on every builder that has processors for them. */
  readonly #hasSameJobs: boolean;
  readonly #demand = new Demand();
  #queued = 0;
  #nowMs = 0;
  // The best candidate so far of the task at hand.
  #bestLoad: BuilderLoad | undefined;
  #bestMode: Mode = 'ram';
  #bestJobs = 1;
  #bestIsNow = false;
  #bestStartMs = 0;
  #bestEndMs = Infinity;

  /** @param tasks the tasks of the architecture by falling priority */
  constructor(problem: Problem, rule: DispatchRule, loads: readonly BuilderLoad[], tasks: Int32Array) {
    this.#problem = problem;
    this.#rule = rule;
    this.#loads = [...loads].sort((a, b) =>
      firstDifference(compareNumber(b.builder.speed, a.builder.speed), compareNumber(a.index, b.index)),
    );
    this.#ready = new ReadyTree(tasks, this);
    const slowest = this.#loads.at(-1)?.builder.speed ?? 1;
    const faster = loads.filter((load) => load.builder.speed > slowest);
    this.#queueLimit = faster.reduce((limit, load) => limit + load.builder.slots, loads.length);
    this.#hasSameJobs = new Set(loads.map(({ builder }) => builder.makeJobs.join('/'))).size <= 1;
  }

  /** Makes the task at this position of the priority order ready. */
  add(position: number): void {
    this.#ready.add(position);
  }

  /** Goes through the ready tasks once and appends what starts now. */
  start(nowMs: number, starts: Placement[]): void {
    this.#nowMs = nowMs;
    this.#queued = 0;
    for (const load of this.#loads) load.clearQueue();
    for (let position = 0; this.#hasFreeSlot(); position++) {
      // Until somebody waits, the first ready task must be looked at: it may be the one to wait.
      position = this.#ready.next(position, this.#queued === 0 ? undefined : this);
      if (position < 0) return;
      this.#decide(position, starts);
    }
  }

  /** Who waits for which builder by the promise that nothing delays it, as of the last round. */
  reservations(): Reservation[] {
    return this.#loads.flatMap((load) => load.reservation ?? []);
  }

  /** Why ready tasks did not start in the last round, by falling priority. */
  holds(): readonly Hold[] {
    const ready: number[] = [];
    for (let position = this.#ready.next(0, undefined); position >= 0;) {
      ready.push(this.#ready.taskAt(position));
      position = this.#ready.next(position + 1, undefined);
    }
    return findHolds(this.#problem, this.#rule, this.#loads, ready, this.#nowMs);
  }

  fillDemand(task: number, range: DemandRange): void {
    const { durationMs, ramDiskBytes, memoryBytes } = this.#problem;
    // What must not use the RAM disk is as good as too large for it.
    const footprintBytes = this.#rule.mayUseRamDisk[task] === 1 ? float64At(ramDiskBytes, task) : Infinity;
    range.minDurationMs = float64At(durationMs, task) * this.#leastJobsFactor(task);
    range.minRamDiskBytes = footprintBytes;
    range.maxRamDiskBytes = footprintBytes;
    range.minMemoryBytes = float64At(memoryBytes, task);
    range.maxMemoryBytes = range.minMemoryBytes;
  }

  mayStart(range: DemandRange): boolean {
    const { minDurationMs, minRamDiskBytes, minMemoryBytes } = range;
    const demand = this.#demand;
    let mayUseDisk = false;
    for (const load of this.#loads) {
      if (load.freeSlots === 0) continue;
      const { builder } = load;
      const fewestJobs = at(builder.makeJobs, 0);
      if (minRamDiskBytes <= largestFootprint(builder)) {
        const endMs = this.#nowMs + scaleDuration(minDurationMs, builder, 'ram');
        demand.set(minRamDiskBytes, minMemoryBytes, builder, 'ram', fewestJobs);
        if (load.hasRoom(endMs, demand)) return true;
      }
      if (mayUseDisk) continue;
      const endMs = this.#nowMs + scaleDuration(minDurationMs, builder, 'disk');
      mayUseDisk = load.hasRoom(endMs, demand.set(0, minMemoryBytes, builder, 'disk', fewestJobs));
    }
    if (!mayUseDisk) return false;
    return !this.#isSettled() || !this.#isWorthWaiting(range);
  }

  /** Whether one more task that waits would change nothing for those behind it. */
  #isSettled(): boolean {
    if (this.#queued >= this.#queueLimit) return true;
    for (const load of this.#loads) if (load.reservation === undefined || load.freeSlots === 0) return false;
    return true;
  }

  /** Whether all tasks in this range that may go to disk now rather wait for RAM, even the shortest and largest. */
  #isWorthWaiting({ minDurationMs, maxRamDiskBytes, maxMemoryBytes }: DemandRange): boolean {
    if (!this.#hasSameJobs) return false;
    for (const load of this.#loads) {
      const { builder } = load;
      if (maxRamDiskBytes > largestFootprint(builder)) continue;
      // What the disk costs more than RAM here; 2 ms cover the rounding of the two durations.
      const extraMs = minDurationMs * (this.#leastDiskRate() - 1 / builder.speed) - 2;
      if (extraMs <= 0) continue;
      if (load.startsWithin(extraMs, this.#nowMs, maxRamDiskBytes, maxMemoryBytes)) return true;
    }
    return false;
  }

  /** How long a ms of work takes at least on a disk where a slot is free. */
  #leastDiskRate(): number {
    let least = Infinity;
    for (const { freeSlots, builder } of this.#loads)
      if (freeSlots > 0 && builder.diskSlots > 0) least = Math.min(least, builder.diskFactor / builder.speed);
    return least;
  }

  #decide(position: number, starts: Placement[]): void {
    const task = this.#ready.taskAt(position);
    const load = this.#choose(task);
    if (load === undefined) return;
    const mode = this.#bestMode;
    const makeJobs = this.#bestJobs;
    const startMs = this.#bestStartMs;
    const endMs = this.#bestEndMs;
    const demand = this.#demand.setTask(this.#problem, task, load.builder, mode, makeJobs);
    if (this.#bestIsNow) {
      const slot = load.lowestFreeSlot();
      const chroot = load.chooseChroot(endMs, demand);
      load.take(task, slot, chroot, endMs, demand);
      this.#ready.remove(position);
      starts.push({ task, builder: load.index, slot, mode, makeJobs, chroot, startMs, endMs });
    } else if (this.#queued < this.#queueLimit) {
      load.queue(this.#nowMs, task, mode, makeJobs, startMs, endMs, demand);
      this.#queued++;
    }
  }

  /** Finds the best candidate of a task; where it runs, or undefined when it is passed over. */
  #choose(task: number): BuilderLoad | undefined {
    this.#bestLoad = undefined;
    this.#bestMode = 'ram';
    this.#bestIsNow = true;
    this.#bestEndMs = Infinity;
    for (const load of this.#loads) {
      if (load.freeSlots === 0) continue;
      this.#considerNow(task, load, 'ram');
      if (this.#isUnbeatable(task, load)) return load;
      this.#considerNow(task, load, 'disk');
    }
    // What has no choice waits too, but only the first one is worth a promise.
    const isPassedOver = this.#bestEndMs === Infinity && this.#queued > 0;
    if (isPassedOver) return undefined;
    for (const load of this.#loads) {
      this.#considerLater(task, load, 'ram');
      this.#considerLater(task, load, 'disk');
    }
    return this.#bestLoad;
  }

  /** Whether the task can start now in RAM on the fastest builder, with the most make jobs that it gets anywhere. */
  #isUnbeatable(task: number, load: BuilderLoad): boolean {
    if (this.#bestLoad !== load || load !== this.#loads[0] || !this.#hasSameJobs) return false;
    return this.#bestJobs === allottedJobs(this.#rule, task, load.builder);
  }

  #considerNow(task: number, load: BuilderLoad, mode: Mode): void {
    if (!this.#isAllowed(task, load, mode)) return;
    const { builder } = load;
    const allotted = allottedJobs(this.#rule, task, builder);
    for (const makeJobs of builder.makeJobs) {
      if (makeJobs > allotted) break;
      const endMs = this.#nowMs + modeDuration(this.#problem, task, builder, mode, makeJobs);
      if (!this.#isBetter(endMs, mode, true)) continue;
      const demand = this.#demand.setTask(this.#problem, task, builder, mode, makeJobs);
      if (load.hasRoom(endMs, demand)) this.#keep(load, mode, makeJobs, true, this.#nowMs, endMs);
    }
  }

  #considerLater(task: number, load: BuilderLoad, mode: Mode): void {
    if (!this.#isAllowed(task, load, mode)) return;
    const { builder } = load;
    const allotted = allottedJobs(this.#rule, task, builder);
    if (load.reservation !== undefined && this.#mustTakeWhatThereIs(task, load, mode, allotted)) return;
    for (const makeJobs of builder.makeJobs) {
      if (makeJobs > allotted) break;
      const durationMs = modeDuration(this.#problem, task, builder, mode, makeJobs);
      if (!this.#isBetter(this.#nowMs + durationMs, mode, false)) continue;
      const demand = this.#demand.setTask(this.#problem, task, builder, mode, makeJobs);
      const startMs = load.estimateStart(this.#nowMs, durationMs, demand);
      const endMs = startMs + durationMs;
      if (this.#isBetter(endMs, mode, false)) this.#keep(load, mode, makeJobs, false, startMs, endMs);
    }
  }

  /**
   * Whether the task could start now in this mode, or in RAM, with some number of make jobs. One task may wait for processors;
   * behind it they would idle, so the next ones take what there is.
   */
  #mustTakeWhatThereIs(task: number, load: BuilderLoad, mode: Mode, allotted: number): boolean {
    // With one number only, later is never better than now.
    if (load.freeSlots === 0 || at(load.builder.makeJobs, 0) === allotted) return false;
    return this.#hasRoomNow(task, load, mode) || (mode === 'disk' && this.#hasRoomNow(task, load, 'ram'));
  }

  #hasRoomNow(task: number, load: BuilderLoad, mode: Mode): boolean {
    if (!this.#isAllowed(task, load, mode)) return false;
    const { builder } = load;
    const allotted = allottedJobs(this.#rule, task, builder);
    for (const makeJobs of builder.makeJobs) {
      if (makeJobs > allotted) break;
      const endMs = this.#nowMs + modeDuration(this.#problem, task, builder, mode, makeJobs);
      const demand = this.#demand.setTask(this.#problem, task, builder, mode, makeJobs);
      if (load.hasRoom(endMs, demand)) return true;
    }
    return false;
  }

  #isAllowed(task: number, load: BuilderLoad, mode: Mode): boolean {
    if (mode === 'ram' && this.#rule.mayUseRamDisk[task] !== 1) return false;
    return isAdmissible(this.#problem, task, load.builder, mode);
  }

  /** How the duration changes with the most make jobs that the task gets anywhere. */
  #leastJobsFactor(task: number): number {
    let least = Infinity;
    for (const { builder } of this.#loads) {
      const factor = jobsFactor(this.#problem, task, allottedJobs(this.#rule, task, builder));
      if (factor < least) least = factor;
      if (this.#hasSameJobs) break;
    }
    return least;
  }

  /** Earliest end first, then RAM before disk, then now before later; then the order of the builders, then the fewest make jobs. */
  #isBetter(endMs: number, mode: Mode, isNow: boolean): boolean {
    if (endMs !== this.#bestEndMs) return endMs < this.#bestEndMs;
    if (mode !== this.#bestMode) return mode === 'ram';
    return isNow && !this.#bestIsNow;
  }

  #keep(
    load: BuilderLoad,
    mode: Mode,
    makeJobs: number,
    isNow: boolean,
    startMs: number,
    endMs: number,
  ): void {
    this.#bestLoad = load;
    this.#bestMode = mode;
    this.#bestJobs = makeJobs;
    this.#bestIsNow = isNow;
    this.#bestStartMs = startMs;
    this.#bestEndMs = endMs;
  }

  #hasFreeSlot(): boolean {
    for (const load of this.#loads) if (load.freeSlots > 0) return true;
    return false;
  }
}
