import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { compareText } from '../base/compare.ts';
import { ArchDispatcher } from './arch-dispatcher.ts';
import { BuilderLoad, type Reservation } from './builder-load.ts';
import { float64At, int32At } from '../base/cells.ts';
import { memoryDemand, ramDiskDemand, type DispatchRule, type Placement, type Problem } from './problem.ts';

/** `cancelled`: something it needs has failed or is cancelled, so it never starts. */
export type TaskState = 'waiting' | 'ready' | 'running' | 'finished' | 'failed' | 'cancelled';

/**
 * The state machine of builders, slots, RAM disks and memory: told what has ended, answers what starts now. The one place
 * where limits are kept and ties are broken, whoever drives it: estimated, simulated or real durations. Tasks may end
 * earlier or later than expected; an overdue one is expected to end now. Knows no clock: every time is an argument.
 *
 * The policy: ready tasks by priority; each takes what ends first, of RAM now, disk now, and a later start when running
 * builds are expected to have left enough. The first task that waits for a builder holds a reservation there, and nothing
 * starts that would delay it (EASY backfilling); everything else that fits may start. When none can start now and
 * nobody waits yet, the first one waits. A task that fits no builder at all stays ready for ever: see `findImpossible`.
 * @see Lifka 1995, on the EASY scheduler; Kolisch 1996, on the parallel schedule generation scheme
 */
export class Dispatcher {
  readonly #problem: Problem;
  readonly #loads: readonly BuilderLoad[];
  readonly #archs: readonly ArchDispatcher[];
  /** Architecture of each task, as an index into `#archs`. */
  readonly #archOf: Int32Array;
  /** Position of each task in the priority order of its architecture. */
  readonly #positionOf: Int32Array;
  readonly #state: TaskState[];
  /** Needs that have not finished. */
  readonly #waits: Int32Array;
  readonly #placement: (Placement | undefined)[];
  #left: number;

  constructor(problem: Problem, rule: DispatchRule) {
    this.#problem = problem;
    this.#loads = problem.builders.map((builder, index) => new BuilderLoad(builder, index));
    this.#state = Array.from<TaskState>({ length: problem.taskCount }).fill('waiting');
    this.#placement = Array.from({ length: problem.taskCount });
    this.#waits = new Int32Array(problem.taskCount);
    this.#archOf = new Int32Array(problem.taskCount);
    this.#positionOf = new Int32Array(problem.taskCount);
    this.#left = problem.taskCount;
    const archNames = [...new Set(problem.arch)].sort(compareText);
    const order = priorityOrder(rule.priority);
    this.#archs = archNames.map((name, arch) => {
      const tasks = order.filter((task) => problem.arch[task] === name);
      tasks.forEach((task, position) => {
        this.#archOf[task] = arch;
        this.#positionOf[task] = position;
      });
      const loads = this.#loads.filter((load) => load.builder.arch === name);
      return new ArchDispatcher(problem, rule, loads, tasks);
    });
    for (let task = 0; task < problem.taskCount; task++) this.#await(task);
  }

  /** Whether every task has finished, failed or been cancelled. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  state(task: number): TaskState {
    return at(this.#state, task);
  }

  /**
   * What to start now, by architecture and priority. The tasks count as started: their slots, RAM and memory are taken.
   * Call it after everything that ended by `nowMs` has been told. While ready tasks are left whose builders are idle, at least
   * one of them starts. `endMs` is when the task is expected to end.
   */
  start(nowMs: number): readonly Placement[] {
    const starts: Placement[] = [];
    for (const arch of this.#archs) arch.start(nowMs, starts);
    for (const placement of starts) {
      this.#state[placement.task] = 'running';
      this.#placement[placement.task] = placement;
    }
    return starts;
  }

  /** Tells that a running task has ended well. */
  finish(task: number): void {
    this.#release(task);
    this.#state[task] = 'finished';
    this.#left--;
    const { dependents } = this.#problem.dag;
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
      const dependent = int32At(dependents.target, edge);
      const waits = int32At(this.#waits, dependent) - 1;
      this.#waits[dependent] = waits;
      if (waits === 0 && this.state(dependent) === 'waiting') this.#makeReady(dependent);
    }
  }

  /**
   * Tells that a running task has failed: what needs it, directly or not, never starts.
   * @returns the tasks that this cancels, ascending
   */
  fail(task: number): readonly number[] {
    this.#release(task);
    this.#state[task] = 'failed';
    this.#left--;
    const { dependents } = this.#problem.dag;
    const cancelled: number[] = [];
    const stack = [task];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      for (let edge = edgesFrom(dependents, next); edge < edgesTo(dependents, next); edge++) {
        const dependent = int32At(dependents.target, edge);
        if (this.state(dependent) !== 'waiting') continue;
        this.#state[dependent] = 'cancelled';
        this.#left--;
        cancelled.push(dependent);
        stack.push(dependent);
      }
    }
    return cancelled.sort((a, b) => a - b);
  }

  /** Who waits for which builder with the promise that nothing delays it, as of the last `start`; by architecture, then speed. */
  reservations(): readonly Reservation[] {
    return this.#archs.flatMap((arch) => arch.reservations());
  }

  #await(task: number): void {
    const { needs } = this.#problem.dag;
    this.#waits[task] = edgesTo(needs, task) - edgesFrom(needs, task);
    if (this.#waits[task] === 0) this.#makeReady(task);
  }

  #makeReady(task: number): void {
    this.#state[task] = 'ready';
    at(this.#archs, int32At(this.#archOf, task)).add(int32At(this.#positionOf, task));
  }

  #release(task: number): void {
    const placement = this.#placement[task];
    if (placement === undefined || this.state(task) !== 'running')
      throw new Error(`BUG: task ${String(task)} is ${this.state(task)}, not running`);
    const { builder, slot, mode } = placement;
    const ramDiskBytes = ramDiskDemand(this.#problem, task, mode);
    at(this.#loads, builder).release(task, slot, ramDiskBytes, memoryDemand(this.#problem, task, mode));
  }
}

function priorityOrder(priority: Float64Array): Int32Array {
  const order = Int32Array.from(priority.keys());
  return order.sort((a, b) => float64At(priority, b) - float64At(priority, a) || a - b);
}
