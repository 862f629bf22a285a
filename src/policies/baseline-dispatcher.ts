import { at } from '../base/column.ts';
import { float64At, int32At } from '../base/cells.ts';
import type { Dispatching, TaskState } from '../dispatch/dispatching.ts';
import {
  allottedJobs,
  type Builder,
  type DispatchRule,
  type Mode,
  type Placement,
  type Problem,
} from '../dispatch/problem.ts';
import { TaskLives } from '../dispatch/task-lives.ts';
import { PhaseQueue } from './phase-queue.ts';
import { Occupancy, type Division } from './occupancy.ts';

/** What tells one of today's systems from the others. Columns have one cell a task. */
export interface Baseline {
  /** Its order, and how many make jobs it gives. `mayUseRamDisk` is not looked at: it takes RAM while there is some. */
  readonly rule: DispatchRule;
  /** A task starts only when all tasks of its architecture with a lower number have ended; never lower than what it needs. */
  readonly barrier: Int32Array;
  /** Tasks that share a number ≥ 0 never run at once on one builder. */
  readonly exclusion: Int32Array;
  /** Whether nothing else starts while the first in the queue fits nowhere. */
  readonly isHeadBlocking: boolean;
  /** How it divides a builder. */
  readonly divide: (builder: Builder) => Division;
}

const RAM_FIRST: readonly Mode[] = ['ram', 'disk'];
const DISK_ONLY: readonly Mode[] = ['disk'];

/**
 * One of today's systems on a problem: ready tasks in its order, each to the first builder where it fits into RAM now, else
 * to the first with room on disk; no estimate of what will be free later. It keeps every limit of the problem, so its
 * schedules can be compared. A task for which its division has no place at all runs alone on an idle builder.
 */
export class BaselineDispatcher implements Dispatching {
  readonly #problem: Problem;
  readonly #baseline: Baseline;
  readonly #occupancies: readonly Occupancy[];
  readonly #queues: ReadonlyMap<string, PhaseQueue>;
  readonly #lives: TaskLives;
  /** Running tasks of each exclusion on each builder. */
  readonly #excluded: readonly Map<number, number>[];
  /** Tasks that wait for their release only, by time, then task; consumed from the front. */
  readonly #unreleased: Int32Array;
  #nextUnreleased = 0;
  readonly #isReleased: Uint8Array;
  /** 1: has outgrown its RAM disk once. */
  readonly #isForDisk: Uint8Array;

  constructor(problem: Problem, baseline: Baseline) {
    this.#problem = problem;
    this.#baseline = baseline;
    this.#occupancies = problem.builders.map(
      (builder, index) => new Occupancy(problem, index, baseline.divide(builder)),
    );
    this.#excluded = problem.builders.map(() => new Map<number, number>());
    this.#lives = new TaskLives(problem, (task) => {
      this.#awaitRelease(task);
    });
    this.#isReleased = new Uint8Array(problem.taskCount);
    this.#isForDisk = new Uint8Array(problem.taskCount);
    const archs = [...new Set(problem.arch)];
    const order = { priority: baseline.rule.priority, barrier: baseline.barrier };
    this.#queues = new Map(archs.map((arch) => [arch, new PhaseQueue(problem, arch, order)]));
    this.#unreleased = Int32Array.from(problem.releaseMs.keys()).sort(
      (a, b) => float64At(problem.releaseMs, a) - float64At(problem.releaseMs, b) || a - b,
    );
    for (const placement of problem.running) this.#take(placement);
  }

  get isDone(): boolean {
    return this.#lives.isDone;
  }

  state(task: number): TaskState {
    return this.#lives.state(task);
  }

  start(nowMs: number): readonly Placement[] {
    this.#releaseUntil(nowMs);
    const starts: Placement[] = [];
    for (const [arch, queue] of this.#queues) this.#startArch(arch, queue, nowMs, starts);
    return starts;
  }

  nextReleaseMs(nowMs: number): number {
    for (let index = this.#nextUnreleased; index < this.#unreleased.length; index++) {
      const task = int32At(this.#unreleased, index);
      const releaseMs = float64At(this.#problem.releaseMs, task);
      if (releaseMs > nowMs && this.state(task) === 'waiting') return releaseMs;
    }
    return Infinity;
  }

  finish(task: number): void {
    this.#stop(task);
    this.#queueOf(task).leave(task);
    this.#lives.finish(task);
  }

  fail(task: number): readonly number[] {
    this.#stop(task);
    const cancelled = this.#lives.fail(task);
    for (const left of [task, ...cancelled]) this.#queueOf(left).leave(left);
    return cancelled;
  }

  retry(task: number, isForDisk: boolean): void {
    this.#stop(task);
    this.#lives.makeReady(task);
    if (isForDisk) this.#isForDisk[task] = 1;
    this.#queueOf(task).add(task);
  }

  #startArch(arch: string, queue: PhaseQueue, nowMs: number, starts: Placement[]): void {
    const occupancies = this.#occupancies.filter(({ builder }) => builder.arch === arch);
    const before = starts.length;
    for (let place = 0; place < queue.length && occupancies.some((each) => each.hasFreeSlot);) {
      const placement = this.#find(occupancies, queue.taskAt(place), nowMs);
      if (placement === undefined) {
        if (this.#baseline.isHeadBlocking) break;
        place++;
      } else {
        queue.removeAt(place);
        this.#take(placement);
        starts.push(placement);
      }
    }
    if (starts.length === before && queue.length > 0) this.#startAlone(occupancies, queue, nowMs, starts);
  }

  /** RAM before disk, on the first builder that has room. */
  #find(occupancies: readonly Occupancy[], task: number, nowMs: number): Placement | undefined {
    for (const mode of this.#modes(task)) {
      for (const occupancy of occupancies) {
        const placement = occupancy.place(task, mode, this.#jobs(task, occupancy.builder), nowMs);
        if (placement !== undefined && !this.#isShutOut(task, placement.builder)) return placement;
      }
    }
    return undefined;
  }

  #startAlone(
    occupancies: readonly Occupancy[],
    queue: PhaseQueue,
    nowMs: number,
    starts: Placement[],
  ): void {
    for (let place = 0; place < queue.length; place++) {
      const task = queue.taskAt(place);
      for (const mode of this.#modes(task)) {
        for (const occupancy of occupancies) {
          const jobs = this.#jobs(task, occupancy.builder);
          const placement = occupancy.placeAlone(task, mode, jobs, nowMs);
          if (placement === undefined) continue;
          queue.removeAt(place);
          this.#take(placement);
          starts.push(placement);
          return;
        }
      }
      if (this.#baseline.isHeadBlocking) return;
    }
  }

  #modes(task: number): readonly Mode[] {
    return this.#isForDisk[task] === 1 ? DISK_ONLY : RAM_FIRST;
  }

  #jobs(task: number, builder: Builder): number {
    return allottedJobs(this.#baseline.rule, task, builder);
  }

  #isShutOut(task: number, builder: number): boolean {
    const exclusion = int32At(this.#baseline.exclusion, task);
    return exclusion >= 0 && (at(this.#excluded, builder).get(exclusion) ?? 0) > 0;
  }

  #take(placement: Placement): void {
    at(this.#occupancies, placement.builder).take(placement);
    this.#lives.start(placement);
    this.#exclude(placement, 1);
  }

  #exclude({ task, builder }: Placement, change: 1 | -1): void {
    const exclusion = int32At(this.#baseline.exclusion, task);
    const running = at(this.#excluded, builder);
    if (exclusion >= 0) running.set(exclusion, (running.get(exclusion) ?? 0) + change);
  }

  /** Gives back what a running task took. */
  #stop(task: number): void {
    const placement = this.#lives.placementOf(task);
    at(this.#occupancies, placement.builder).release(placement);
    this.#exclude(placement, -1);
  }

  #releaseUntil(nowMs: number): void {
    for (; this.#nextUnreleased < this.#unreleased.length; this.#nextUnreleased++) {
      const task = int32At(this.#unreleased, this.#nextUnreleased);
      if (float64At(this.#problem.releaseMs, task) > nowMs) return;
      this.#isReleased[task] = 1;
      if (this.#lives.isUnblocked(task)) this.#awaitRelease(task);
    }
  }

  #awaitRelease(task: number): void {
    if (this.#isReleased[task] === 0) return;
    this.#lives.makeReady(task);
    this.#queueOf(task).add(task);
  }

  #queueOf(task: number): PhaseQueue {
    const queue = this.#queues.get(at(this.#problem.arch, task));
    if (queue === undefined) throw new Error(`BUG: task ${String(task)} has no queue`);
    return queue;
  }
}
