import { at } from '../base/column.ts';
import { float64At, int32At } from '../base/cells.ts';
import { compareText } from '../base/compare.ts';
import { Heap } from '../base/heap.ts';
import { orderByFalling } from '../base/sort-by-key.ts';
import { ArchDispatcher } from './arch-dispatcher.ts';
import { BuilderLoad, type Reservation } from './builder-load.ts';
import { Demand } from './demand.ts';
import type { Dispatching, Ended, TaskState } from './dispatching.ts';
import type { Hold } from './find-holds.ts';
import { isAdmissible, type DispatchRule, type Placement, type Problem } from './problem.ts';
import { TaskLives } from './task-lives.ts';

/**
 * The state machine of builders, slots, RAM disks, memory, processors and disks: told what has ended, answers what starts now.
 * The one place where limits are kept and ties are broken, whoever drives it: estimated, simulated or real durations. Tasks may
 * end earlier or later than expected; an overdue one is expected to end now. Knows no clock: every time is an argument. What
 * `Problem.running` lists runs from the beginning; whoever drives tells its end like any other.
 *
 * The policy: ready tasks by priority; each takes what ends first, of RAM now, disk now, and a later start when running
 * builds are expected to have left enough; of the make jobs that it may get, the number that ends first, fewest if several do.
 * The first task that waits for a builder holds a reservation there (with fixed chroots, of one of them), and nothing starts
 * that would delay it (EASY backfilling); everything else that fits may start. When none can start now and nobody waits
 * yet, the first one waits. A task that fits no builder at all stays ready for ever: see `findImpossible`.
 * @see Lifka 1995, on the EASY scheduler; Kolisch 1996, on the parallel schedule generation scheme
 */
export class Dispatcher implements Dispatching {
  readonly #problem: Problem;
  readonly #loads: readonly BuilderLoad[];
  readonly #archs: readonly ArchDispatcher[];
  /** Architecture of each task, as an index into `#archs`. */
  readonly #archOf: Int32Array;
  /** Position of each task in the priority order of its architecture. */
  readonly #positionOf: Int32Array;
  /** The rule's, but 1 where there is no disk for the task. */
  readonly #mayUseRamDisk: Uint8Array;
  readonly #lives: TaskLives;
  /** Tasks that wait for nothing but their release, the earliest first. */
  readonly #unreleased: Heap<number>;
  readonly #demand = new Demand();
  #nowMs = 0;

  /** @param ended what an earlier run has done already */
  constructor(problem: Problem, rule: DispatchRule, ended?: Ended) {
    const { taskCount, releaseMs } = problem;
    this.#problem = problem;
    this.#loads = problem.builders.map((builder, index) => new BuilderLoad(builder, index));
    this.#archOf = new Int32Array(taskCount);
    this.#positionOf = new Int32Array(taskCount);
    this.#mayUseRamDisk = usersOrDiskless(problem, rule.mayUseRamDisk);
    for (const task of ended?.forDisk ?? []) this.#keepOffRamDisk(task);
    this.#unreleased = new Heap((a, b) => float64At(releaseMs, a) - float64At(releaseMs, b) || a - b);
    this.#archs = this.#makeArchs({ ...rule, mayUseRamDisk: this.#mayUseRamDisk });
    const onUnblocked = (task: number): void => {
      this.#awaitRelease(task);
    };
    this.#lives = new TaskLives(problem, onUnblocked, ended);
    for (const placement of problem.running) this.#resume(placement);
    for (let task = 0; task < taskCount; task++) if (this.#lives.isUnblocked(task)) this.#awaitRelease(task);
  }

  /** Whether every task has finished, failed or been cancelled. */
  get isDone(): boolean {
    return this.#lives.isDone;
  }

  state(task: number): TaskState {
    return this.#lives.state(task);
  }

  /**
   * What to start now, by architecture and priority. The tasks count as started: what they take is taken.
   * Call it after everything that ended by `nowMs` has been told. While ready tasks are left whose builders are idle, at least
   * one of them starts. `endMs` is when the task is expected to end.
   */
  start(nowMs: number): readonly Placement[] {
    this.#nowMs = nowMs;
    for (let task = this.#unreleased.peek(); task !== undefined; task = this.#unreleased.peek()) {
      if (float64At(this.#problem.releaseMs, task) > nowMs) break;
      this.#unreleased.pop();
      this.#makeReady(task);
    }
    const starts: Placement[] = [];
    for (const arch of this.#archs) arch.start(nowMs, starts);
    for (const placement of starts) this.#lives.start(placement);
    return starts;
  }

  nextReleaseMs(nowMs: number): number {
    const task = this.#unreleased.peek();
    return task === undefined ? Infinity : Math.max(nowMs, float64At(this.#problem.releaseMs, task));
  }

  finish(task: number): void {
    this.#release(task);
    this.#lives.finish(task);
  }

  fail(task: number): readonly number[] {
    this.#release(task);
    return this.#lives.fail(task);
  }

  retry(task: number, isForDisk: boolean): void {
    this.#release(task);
    if (isForDisk) this.#keepOffRamDisk(task);
    this.#makeReady(task);
  }

  /** Who waits for which builder with the promise that nothing delays it, as of the last `start`; by architecture, then speed. */
  reservations(): readonly Reservation[] {
    return this.#archs.flatMap((arch) => arch.reservations());
  }

  /**
   * Why ready tasks did not start in the last `start`: by architecture and priority; those that fit no builder are left out. Ask
   * before anything else is told. O(ready × builders × make jobs × running)
   */
  holds(): readonly Hold[] {
    return this.#archs.flatMap((arch) => arch.holds());
  }

  #keepOffRamDisk(task: number): void {
    if (hasDisk(this.#problem, task)) this.#mayUseRamDisk[task] = 0;
  }

  #makeArchs(rule: DispatchRule): readonly ArchDispatcher[] {
    const { arch: archOf } = this.#problem;
    const names = [...new Set(archOf)].sort(compareText);
    const order = orderByFalling(rule.priority);
    const archIds = new Map(names.map((name, arch) => [name, arch]));
    archOf.forEach((name, task) => {
      this.#archOf[task] = archIds.get(name) ?? -1;
    });
    return names.map((name, arch) => {
      const tasks = names.length === 1 ? order : order.filter((task) => this.#archOf[task] === arch);
      for (let position = 0; position < tasks.length; position++)
        this.#positionOf[int32At(tasks, position)] = position;
      const loads = this.#loads.filter((load) => load.builder.arch === name);
      return new ArchDispatcher(this.#problem, rule, loads, tasks);
    });
  }

  /** Gives a build that runs already its place. */
  #resume(placement: Placement): void {
    const { task, builder, slot, chroot, endMs } = placement;
    at(this.#loads, builder).take(task, slot, chroot, endMs, this.#demandOf(placement));
  }

  #awaitRelease(task: number): void {
    if (float64At(this.#problem.releaseMs, task) > this.#nowMs) this.#unreleased.push(task);
    else this.#makeReady(task);
  }

  #makeReady(task: number): void {
    this.#lives.makeReady(task);
    at(this.#archs, int32At(this.#archOf, task)).add(int32At(this.#positionOf, task));
  }

  #release(task: number): void {
    const placement = this.#lives.placementOf(task);
    const { builder, slot, chroot } = placement;
    at(this.#loads, builder).release(task, slot, chroot, this.#demandOf(placement));
  }

  #demandOf({ task, builder, mode, makeJobs }: Placement): Demand {
    return this.#demand.setTask(this.#problem, task, at(this.#problem.builders, builder), mode, makeJobs);
  }
}

/** What must not use the RAM disk must have a disk: the others may use it whatever the rule says. */
function usersOrDiskless(problem: Problem, mayUseRamDisk: Uint8Array): Uint8Array {
  return mayUseRamDisk.map((mayUse, task) => (mayUse === 1 || !hasDisk(problem, task) ? 1 : 0));
}

function hasDisk(problem: Problem, task: number): boolean {
  for (const builder of problem.builders)
    if (builder.arch === problem.arch[task] && isAdmissible(problem, task, builder, 'disk')) return true;
  return false;
}
