import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { Builder, Mode, Placement, Problem } from '../../src/dispatch/problem.ts';

interface Waiter {
  readonly task: number;
  readonly builder: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly mode: Mode;
  /** Whether it counts as if it ran. */
  readonly isInSlotQueue: boolean;
}

interface Candidate {
  readonly builder: number;
  readonly mode: Mode;
  readonly isNow: boolean;
  readonly startMs: number;
  readonly endMs: number;
}

/** The dispatcher's policy once more, slow and obvious: nothing is kept between two rounds but what runs and what has ended. */
export class SlowDispatcher {
  readonly #problem: Problem;
  readonly #priority: Float64Array;
  readonly #mayUseRamDisk: Uint8Array;
  readonly #ended = new Set<number>();
  readonly #started = new Set<number>();
  readonly #dead = new Set<number>();
  #running: Placement[] = [];
  #waiters: Waiter[] = [];
  #nowMs = 0;

  constructor(problem: Problem, priority: Float64Array, mayUseRamDisk: Uint8Array) {
    this.#problem = problem;
    this.#mayUseRamDisk = mayUseRamDisk;
    this.#priority = priority;
  }

  get isDone(): boolean {
    return this.#ended.size + this.#dead.size === this.#problem.taskCount;
  }

  finish(task: number): void {
    this.#running = this.#running.filter((placement) => placement.task !== task);
    this.#ended.add(task);
  }

  fail(task: number): readonly number[] {
    this.#running = this.#running.filter((placement) => placement.task !== task);
    const before = new Set(this.#dead);
    this.#dead.add(task);
    for (const other of this.#problem.dag.order) {
      if (row(this.#problem.dag.needs, other).some((need) => this.#dead.has(need))) this.#dead.add(other);
    }
    return [...this.#dead].filter((other) => other !== task && !before.has(other)).sort((a, b) => a - b);
  }

  start(nowMs: number): readonly Placement[] {
    this.#nowMs = nowMs;
    const starts: Placement[] = [];
    for (const arch of [...new Set(this.#problem.arch)].sort()) {
      this.#waiters = [];
      for (const task of this.#readyTasks(arch)) {
        if (this.#builders(arch).every((builder) => this.#freeSlots(builder).length === 0)) break;
        const started = this.#place(task, arch);
        if (started !== undefined) starts.push(started);
      }
    }
    return starts;
  }

  #readyTasks(arch: string): readonly number[] {
    const { dag } = this.#problem;
    return this.#problem.arch
      .map((_, task) => task)
      .filter((task) => this.#problem.arch[task] === arch)
      .filter((task) => !this.#started.has(task) && !this.#dead.has(task))
      .filter((task) => row(dag.needs, task).every((need) => this.#ended.has(need)))
      .sort((a, b) => at(this.#priority, b) - at(this.#priority, a) || a - b);
  }

  #place(task: number, arch: string): Placement | undefined {
    const now = this.#candidatesNow(task, arch);
    if (now.length === 0 && this.#waiters.length > 0) return undefined;
    const best = [...now, ...this.#candidatesLater(task, arch)].sort((a, b) => this.#compare(a, b))[0];
    if (best === undefined) return undefined;
    const { builder, mode, startMs, endMs } = best;
    const free = this.#freeSlots(builder);
    if (best.isNow) {
      const placement = { task, builder, slot: at(free, 0), mode, startMs, endMs };
      this.#running.push(placement);
      this.#started.add(task);
      return placement;
    }
    if (this.#waiters.length < this.#waiterLimit(arch)) {
      this.#waiters.push({ task, builder, mode, startMs, endMs, isInSlotQueue: free.length === 0 });
    }
    return undefined;
  }

  #waiterLimit(arch: string): number {
    const builders = this.#builders(arch).map((builder) => at(this.#problem.builders, builder));
    const slowest = Math.min(...builders.map((builder) => builder.speed));
    return builders.reduce((sum, { slots, speed }) => sum + 1 + (speed > slowest ? slots : 0), 0);
  }

  #compare(a: Candidate, b: Candidate): number {
    const speed = (candidate: Candidate): number => at(this.#problem.builders, candidate.builder).speed;
    const rank = (candidate: Candidate): readonly number[] => [
      candidate.endMs,
      candidate.mode === 'ram' ? 0 : 1,
      candidate.isNow ? 0 : 1,
      -speed(candidate),
      candidate.builder,
    ];
    const left = rank(a);
    return rank(b).reduce((order, value, index) => order || at(left, index) - value, 0);
  }

  #candidatesNow(task: number, arch: string): readonly Candidate[] {
    return this.#options(task, arch).flatMap(({ builder, mode }) => {
      const endMs = this.#nowMs + this.#durationMs(task, builder, mode);
      const free = this.#free(builder, this.#running);
      if (!fits(this.#demand(task, mode), free)) return [];
      if (this.#delaysReserved(task, builder, mode, endMs)) return [];
      return { builder, mode, isNow: true, startMs: this.#nowMs, endMs };
    });
  }

  #delaysReserved(task: number, builder: number, mode: Mode, endMs: number): boolean {
    const reserved = this.#waiters.find((waiter) => waiter.builder === builder);
    if (reserved === undefined || endMs <= reserved.startMs) return false;
    const stillThere = this.#running.filter((other) => this.#expectedEnd(other) > reserved.startMs);
    return !fits(
      add(this.#demand(task, mode), this.#demand(reserved.task, reserved.mode)),
      this.#free(builder, stillThere),
    );
  }

  #candidatesLater(task: number, arch: string): readonly Candidate[] {
    return this.#options(task, arch).flatMap(({ builder, mode }) => {
      const queued = this.#waiters.filter((waiter) => waiter.isInSlotQueue);
      const users = [...this.#running, ...queued].filter((user) => user.builder === builder);
      const times = [this.#nowMs, ...users.map((user) => this.#expectedEnd(user))].sort((a, b) => a - b);
      const startMs = times.find((timeMs) => {
        const stillThere = users.filter((user) => this.#expectedEnd(user) > timeMs);
        return fits(this.#demand(task, mode), this.#free(builder, stillThere));
      });
      if (startMs === undefined) return [];
      const durationMs = this.#durationMs(task, builder, mode);
      const reserved = this.#waiters.find((waiter) => waiter.builder === builder);
      const isBehind =
        reserved !== undefined &&
        startMs < reserved.startMs &&
        this.#delaysReserved(task, builder, mode, startMs + durationMs);
      const laterMs = isBehind ? reserved.startMs : startMs;
      return { builder, mode, isNow: false, startMs: laterMs, endMs: laterMs + durationMs };
    });
  }

  #options(task: number, arch: string): readonly { readonly builder: number; readonly mode: Mode }[] {
    return this.#builders(arch).flatMap((builder) => {
      const isDiskOnly =
        this.#mayUseRamDisk[task] === 0 || at(this.#problem.builders, builder).ramDiskBytes === 0;
      const modes: readonly Mode[] = isDiskOnly ? ['disk'] : ['ram', 'disk'];
      return modes
        .filter((mode) => fits(this.#demand(task, mode), this.#free(builder, [])))
        .map((mode) => ({ builder, mode }));
    });
  }

  #builders(arch: string): readonly number[] {
    return this.#problem.builders.flatMap((builder, index) => (builder.arch === arch ? index : []));
  }

  #freeSlots(builder: number): readonly number[] {
    const taken = new Set(this.#running.flatMap((user) => (user.builder === builder ? user.slot : [])));
    const slots = Array.from({ length: at(this.#problem.builders, builder).slots }, (_, slot) => slot);
    return slots.filter((slot) => !taken.has(slot));
  }

  #free(index: number, users: readonly (Placement | Waiter)[]): readonly number[] {
    const builder: Builder = at(this.#problem.builders, index);
    const used = users
      .filter((user) => user.builder === index)
      .map((user) => this.#demand(user.task, user.mode))
      .reduce(add, [0, 0, 0]);
    return [
      builder.slots - at(used, 0),
      builder.ramDiskBytes - at(used, 1),
      builder.memoryBytes - at(used, 2),
    ];
  }

  #expectedEnd(user: Placement | Waiter): number {
    return Math.max(this.#nowMs, user.endMs);
  }

  #demand(task: number, mode: Mode): readonly number[] {
    const ramDiskBytes = mode === 'ram' ? at(this.#problem.ramDiskBytes, task) : 0;
    return [1, ramDiskBytes, ramDiskBytes + at(this.#problem.memoryBytes, task)];
  }

  #durationMs(task: number, builder: number, mode: Mode): number {
    const factor = mode === 'ram' ? 1 : this.#problem.diskFactor;
    return Math.ceil(
      (at(this.#problem.durationMs, task) * factor) / at(this.#problem.builders, builder).speed,
    );
  }
}

function fits(demand: readonly number[], free: readonly number[]): boolean {
  return demand.every((amount, resource) => amount <= at(free, resource));
}

function add(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((amount, resource) => amount + at(b, resource));
}
