import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Dag } from '../graph/dag.ts';
import { dependentsOf } from '../graph/dependents-of.ts';
import type { Ended, TaskState } from './dispatching.ts';
import type { Placement, Problem } from './problem.ts';

const STATES: readonly TaskState[] = ['waiting', 'ready', 'running', 'finished', 'failed', 'cancelled'];
const WAITING = 0;
const READY = 1;
const RUNNING = 2;
const FINISHED = 3;
const FAILED = 4;
const CANCELLED = 5;

/**
 * What has become of each task, and what that means for those that need it: the same for everything that dispatches. What
 * `Problem.running` lists runs from the beginning. Knows no builders: who calls gives back what a build took.
 *
 * A task waits for all that it needs, directly or not, whatever has become of what lies between: edges leave out what others imply.
 * So behind a task that ended or was begun before its own needs, others wait for these.
 */
export class TaskLives {
  readonly #dag: Dag;
  readonly #onUnblocked: (task: number) => void;
  /** Indexes into `STATES`. */
  readonly #state: Uint8Array;
  /** Needs that have not finished, or wait themselves though they have. */
  readonly #waits: Int32Array;
  /** Tasks that had finished before the last of their needs, whose dependents are to be looked at. */
  readonly #caughtUp: number[] = [];
  readonly #placement: (Placement | undefined)[];
  #left: number;

  /**
   * @param onUnblocked told of each task whose last need has finished; it still waits until `makeReady`
   * @param ended what had become of tasks before: nobody is told
   */
  constructor({ taskCount, dag, running }: Problem, onUnblocked: (task: number) => void, ended?: Ended) {
    this.#dag = dag;
    this.#onUnblocked = onUnblocked;
    this.#state = new Uint8Array(taskCount);
    this.#placement = new Array<Placement | undefined>(taskCount);
    this.#waits = new Int32Array(taskCount);
    this.#left = taskCount;
    for (let task = 0; task < taskCount; task++)
      this.#waits[task] = edgesTo(dag.needs, task) - edgesFrom(dag.needs, task);
    for (const placement of running) this.start(placement);
    if (ended !== undefined) this.#recall(ended);
  }

  /** Whether every task has finished, failed or been cancelled. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  state(task: number): TaskState {
    return at(STATES, at(this.#state, task));
  }

  /** Whether the task waits, but for no other task. */
  isUnblocked(task: number): boolean {
    return this.#state[task] === WAITING && this.#waits[task] === 0;
  }

  makeReady(task: number): void {
    this.#state[task] = READY;
  }

  start(placement: Placement): void {
    this.#state[placement.task] = RUNNING;
    this.#placement[placement.task] = placement;
  }

  /** Where a task runs. @throws a 'BUG: …' error for one that doesn't */
  placementOf(task: number): Placement {
    const placement = this.#placement[task];
    if (placement === undefined || this.#state[task] !== RUNNING)
      throw new Error(`BUG: task ${String(task)} is ${this.state(task)}, not running`);
    return placement;
  }

  /** A task has ended well. */
  finish(task: number): void {
    this.#state[task] = FINISHED;
    this.#left--;
    if (this.#waits[task] === 0) this.#unblock(task);
  }

  #recall({ finished, failed }: Ended): void {
    // all states first: what has ended is not unblocked any more
    for (const task of finished) this.#state[task] = FINISHED;
    for (const task of failed) this.#state[task] = FAILED;
    this.#left -= finished.length + failed.length;
    const first = finished.filter((task) => this.#waits[task] === 0);
    for (const task of first) this.#unblock(task, true);
    const behind = new Set<number>();
    for (const task of failed)
      for (const dependent of dependentsOf(this.#dag, task, (one) => !behind.has(one))) behind.add(dependent);
    this.#cancel(behind);
  }

  #unblock(task: number, isSilent = false): void {
    this.#unblockDependents(task, isSilent);
    for (let next = this.#caughtUp.pop(); next !== undefined; next = this.#caughtUp.pop())
      this.#unblockDependents(next, isSilent);
  }

  #unblockDependents(task: number, isSilent: boolean): void {
    const { dependents } = this.#dag;
    const end = edgesTo(dependents, task);
    for (let edge = edgesFrom(dependents, task); edge < end; edge++) {
      const dependent = int32At(dependents.target, edge);
      const waits = int32At(this.#waits, dependent) - 1;
      this.#waits[dependent] = waits;
      if (waits > 0) continue;
      const state = this.#state[dependent];
      if (state === FINISHED) this.#caughtUp.push(dependent);
      else if (state === WAITING && !isSilent) this.#onUnblocked(dependent);
    }
  }

  /**
   * A task has failed: what needs it, directly or not, never starts.
   * @returns the tasks that this cancels, ascending
   */
  fail(task: number): readonly number[] {
    this.#left--;
    this.#state[task] = FAILED;
    // behind what failed or was cancelled before, all that waited is cancelled already
    const isOpen = (one: number): boolean => this.#state[one] !== FAILED && this.#state[one] !== CANCELLED;
    return this.#cancel(dependentsOf(this.#dag, task, isOpen));
  }

  /** @returns those that were still to begin, ascending */
  #cancel(tasks: ReadonlySet<number>): readonly number[] {
    const cancelled = [...tasks].filter((task) => this.#state[task] === WAITING);
    for (const task of cancelled) this.#state[task] = CANCELLED;
    this.#left -= cancelled.length;
    return cancelled.sort((a, b) => a - b);
  }
}
