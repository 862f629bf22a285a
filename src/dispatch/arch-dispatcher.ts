import { compareNumber, firstDifference } from '../base/compare.ts';
import type { BuilderLoad, Reservation } from './builder-load.ts';
import {
  allottedJobs,
  isAdmissible,
  memoryDemand,
  modeDuration,
  ramDiskDemand,
  scaleDuration,
  type DispatchRule,
  type Mode,
  type Placement,
  type Problem,
} from './problem.ts';
import { ReadyTree, type RangeFilter } from './ready-tree.ts';

/**
 * The ready tasks of one architecture and the builders that share them: decides which task starts now, where and how.
 * Each round goes once through the ready tasks by priority and lets each one take the candidate that ends first.
 */
export class ArchDispatcher implements RangeFilter {
  readonly #problem: Problem;
  readonly #rule: DispatchRule;
  /** The fastest first, then by index: the order in which ties are broken. */
  readonly #loads: readonly BuilderLoad[];
  readonly #ready: ReadyTree;
  /** How many waiting tasks count for those behind them: one a builder, and one for each slot that is faster than the slowest. */
  readonly #queueLimit: number;
  #queued = 0;
  #nowMs = 0;
  // The best candidate so far of the task at hand.
  #bestLoad: BuilderLoad | undefined;
  #bestMode: Mode = 'ram';
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
    this.#ready = new ReadyTree(problem, rule.mayUseRamDisk, tasks);
    const slowest = this.#loads.at(-1)?.builder.speed ?? 1;
    const faster = loads.filter((load) => load.builder.speed > slowest);
    this.#queueLimit = faster.reduce((limit, load) => limit + load.builder.slots, loads.length);
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

  mayStart(
    minDurationMs: number,
    minRamDiskBytes: number,
    maxRamDiskBytes: number,
    minMemoryBytes: number,
    maxMemoryBytes: number,
  ): boolean {
    let mayUseDisk = false;
    for (const load of this.#loads) {
      if (load.freeSlots === 0) continue;
      const ramEndMs = this.#nowMs + scaleDuration(minDurationMs, load.builder, 'ram');
      if (load.hasRoom(ramEndMs, minRamDiskBytes, minRamDiskBytes + minMemoryBytes)) return true;
      const diskEndMs = this.#nowMs + scaleDuration(minDurationMs, load.builder, 'disk');
      mayUseDisk ||= load.hasRoom(diskEndMs, 0, minMemoryBytes);
    }
    if (!mayUseDisk) return false;
    return !this.#isSettled() || !this.#isWorthWaiting(minDurationMs, maxRamDiskBytes, maxMemoryBytes);
  }

  /** Whether one more task that waits would change nothing for those behind it. */
  #isSettled(): boolean {
    if (this.#queued >= this.#queueLimit) return true;
    for (const load of this.#loads) if (load.reservation === undefined || load.freeSlots === 0) return false;
    return true;
  }

  /** Whether all tasks with such demands that may go to disk now rather wait for RAM, even the shortest and largest. */
  #isWorthWaiting(minDurationMs: number, maxRamDiskBytes: number, maxMemoryBytes: number): boolean {
    const demandBytes = maxRamDiskBytes + maxMemoryBytes;
    for (const load of this.#loads) {
      const { ramDiskBytes, speed } = load.builder;
      if (ramDiskBytes === 0) continue;
      // What the disk costs more than RAM here; 2 ms cover the rounding of the two durations.
      const extraMs = minDurationMs * (load.builder.diskFactor / this.#fastestFreeSpeed() - 1 / speed) - 2;
      if (
        extraMs > 0 &&
        load.estimateStart(this.#nowMs, Infinity, maxRamDiskBytes, demandBytes) - this.#nowMs < extraMs
      )
        return true;
    }
    return false;
  }

  #fastestFreeSpeed(): number {
    for (const load of this.#loads) if (load.freeSlots > 0) return load.builder.speed;
    return 0;
  }

  #decide(position: number, starts: Placement[]): void {
    const task = this.#ready.taskAt(position);
    const load = this.#choose(task);
    if (load === undefined) return;
    const mode = this.#bestMode;
    const ramDiskBytes = ramDiskDemand(this.#problem, task, mode);
    const memoryBytes = memoryDemand(this.#problem, task, mode);
    const startMs = this.#bestStartMs;
    const endMs = this.#bestEndMs;
    if (this.#bestIsNow) {
      const slot = load.take(task, endMs, ramDiskBytes, memoryBytes);
      this.#ready.remove(position);
      const makeJobs = allottedJobs(this.#rule, task, load.builder);
      starts.push({ task, builder: load.index, slot, mode, makeJobs, chroot: -1, startMs, endMs });
    } else if (this.#queued < this.#queueLimit) {
      load.queue(this.#nowMs, task, startMs, endMs, ramDiskBytes, memoryBytes);
      this.#queued++;
    }
  }

  /** Finds the best candidate of a task; where it runs, or undefined when it is passed over. */
  #choose(task: number): BuilderLoad | undefined {
    this.#bestLoad = undefined;
    this.#bestMode = 'ram';
    this.#bestIsNow = true;
    this.#bestEndMs = Infinity;
    for (const load of this.#loads) this.#considerNow(task, load);
    // What has no choice waits too, but only the first one is worth a promise.
    const isPassedOver = this.#bestEndMs === Infinity && this.#queued > 0;
    if (!isPassedOver) for (const load of this.#loads) this.#considerLater(task, load);
    return this.#bestLoad;
  }

  #considerNow(task: number, load: BuilderLoad): void {
    if (load.freeSlots === 0) return;
    this.#considerModeNow(task, load, 'ram');
    this.#considerModeNow(task, load, 'disk');
  }

  #considerModeNow(task: number, load: BuilderLoad, mode: Mode): void {
    const endMs = this.#nowMs + this.#duration(task, load, mode);
    if (!this.#isBetter(endMs, mode, true) || !this.#isAllowed(task, load, mode)) return;
    const ramDiskBytes = ramDiskDemand(this.#problem, task, mode);
    if (load.hasRoom(endMs, ramDiskBytes, memoryDemand(this.#problem, task, mode)))
      this.#keep(load, mode, true, this.#nowMs, endMs);
  }

  #considerLater(task: number, load: BuilderLoad): void {
    this.#considerModeLater(task, load, 'ram');
    this.#considerModeLater(task, load, 'disk');
  }

  #considerModeLater(task: number, load: BuilderLoad, mode: Mode): void {
    const durationMs = this.#duration(task, load, mode);
    if (!this.#isBetter(this.#nowMs + durationMs, mode, false)) return;
    if (!this.#isAllowed(task, load, mode)) return;
    const ramDiskBytes = ramDiskDemand(this.#problem, task, mode);
    const memoryBytes = memoryDemand(this.#problem, task, mode);
    const startMs = load.estimateStart(this.#nowMs, durationMs, ramDiskBytes, memoryBytes);
    if (this.#isBetter(startMs + durationMs, mode, false)) {
      this.#keep(load, mode, false, startMs, startMs + durationMs);
    }
  }

  #duration(task: number, load: BuilderLoad, mode: Mode): number {
    return modeDuration(
      this.#problem,
      task,
      load.builder,
      mode,
      allottedJobs(this.#rule, task, load.builder),
    );
  }

  #isAllowed(task: number, load: BuilderLoad, mode: Mode): boolean {
    if (mode === 'ram' && this.#rule.mayUseRamDisk[task] !== 1) return false;
    return isAdmissible(this.#problem, task, load.builder, mode);
  }

  /** Earliest end first, then RAM before disk, then now before later; then the order of the builders. */
  #isBetter(endMs: number, mode: Mode, isNow: boolean): boolean {
    if (endMs !== this.#bestEndMs) return endMs < this.#bestEndMs;
    if (mode !== this.#bestMode) return mode === 'ram';
    return isNow && !this.#bestIsNow;
  }

  #keep(load: BuilderLoad, mode: Mode, isNow: boolean, startMs: number, endMs: number): void {
    this.#bestLoad = load;
    this.#bestMode = mode;
    this.#bestIsNow = isNow;
    this.#bestStartMs = startMs;
    this.#bestEndMs = endMs;
  }

  #hasFreeSlot(): boolean {
    for (const load of this.#loads) if (load.freeSlots > 0) return true;
    return false;
  }
}
