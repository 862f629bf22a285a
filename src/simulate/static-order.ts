import { int32At, float64At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import type { Dispatching, TaskState } from '../dispatch/dispatching.ts';
import {
  isAdmissible,
  modeDuration,
  type Placement,
  type Problem,
  type Schedule,
} from '../dispatch/problem.ts';
import { TaskLives } from '../dispatch/task-lives.ts';
import { emptyRooms, roomOf, type BuilderRoom } from './builder-room.ts';

/**
 * A schedule as a fixed sequence: each slot builds what the schedule has on it, in that order, in that mode and chroot, and waits
 * with all that is behind it while its next build can't start. What CI files with one job after another do. Of several slots
 * that could go on, the one whose build was planned earlier does.
 */
export class StaticOrder implements Dispatching {
  readonly #problem: Problem;
  readonly #rooms: readonly BuilderRoom[];
  /** One a slot, by builder: its placements by planned start. */
  readonly #sequences: readonly Placement[][];
  /** The first sequence of each builder. */
  readonly #firstSequence: readonly number[];
  /** Place of the next placement of each sequence; a running one counts as next until it has ended. */
  readonly #next: Int32Array;
  readonly #lives: TaskLives;
  /** Builds that have outgrown their RAM disk. */
  readonly #isForDisk: Uint8Array;

  /** @param schedule feasible; what it has in `Problem.running` runs already */
  constructor(problem: Problem, schedule: Schedule) {
    this.#problem = problem;
    this.#rooms = emptyRooms(problem);
    let slots = 0;
    this.#firstSequence = problem.builders.map((builder) => (slots += builder.slots) - builder.slots);
    this.#sequences = Array.from({ length: slots }, () => []);
    this.#next = new Int32Array(slots);
    for (const placement of schedule.placements) this.#sequenceOf(placement).push(placement);
    for (const sequence of this.#sequences) sequence.sort((a, b) => compareNumber(a.startMs, b.startMs));
    this.#isForDisk = new Uint8Array(problem.taskCount);
    this.#lives = new TaskLives(problem, (task) => {
      this.#lives.makeReady(task);
    });
    for (const placement of problem.running) this.#take(placement);
    for (let task = 0; task < problem.taskCount; task++)
      if (this.#lives.isUnblocked(task)) this.#lives.makeReady(task);
  }

  get isDone(): boolean {
    return this.#lives.isDone;
  }

  state(task: number): TaskState {
    return this.#lives.state(task);
  }

  start(nowMs: number): readonly Placement[] {
    const starts: Placement[] = [];
    const heads = this.#heads().sort((a, b) =>
      firstDifference(compareNumber(a.startMs, b.startMs), compareNumber(a.task, b.task)),
    );
    for (const planned of heads) {
      if (this.state(planned.task) !== 'ready' || this.#releaseMs(planned) > nowMs) continue;
      const placement = this.#placeNow(planned, nowMs);
      if (!roomOf(this.#rooms, placement).hasRoomFor(placement)) continue;
      this.#take(placement);
      starts.push(placement);
    }
    return starts;
  }

  nextReleaseMs(nowMs: number): number {
    let next = Infinity;
    for (const planned of this.#heads()) {
      const releaseMs = this.#releaseMs(planned);
      if (releaseMs > nowMs && this.state(planned.task) === 'ready') next = Math.min(next, releaseMs);
    }
    return next;
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
    const placement = this.#release(task);
    this.#lives.makeReady(task);
    if (!isForDisk) return;
    this.#isForDisk[task] = 1;
    if (!isAdmissible(this.#problem, task, at(this.#problem.builders, placement.builder), 'disk'))
      this.#moveToDisk(placement);
  }

  /** Its builder has no disk for it: the first one that has takes it, in its first slot, before what that one does next. */
  #moveToDisk(placement: Placement): void {
    const { task } = placement;
    const arch = at(this.#problem.arch, task);
    const builder = this.#problem.builders.findIndex(
      (other) => other.arch === arch && isAdmissible(this.#problem, task, other, 'disk'),
    );
    const makeJobs = at(at(this.#problem.builders, builder).makeJobs, 0);
    const from = this.#sequenceOf(placement);
    from.splice(
      from.findIndex((own) => own.task === task),
      1,
    );
    const moved = { ...placement, builder, slot: 0, makeJobs };
    const to = this.#sequenceOf(moved);
    const next = int32At(this.#next, at(this.#firstSequence, builder));
    const head = to[next];
    to.splice(head !== undefined && this.state(head.task) === 'running' ? next + 1 : next, 0, moved);
  }

  #sequenceOf({ builder, slot }: Placement): Placement[] {
    return at(this.#sequences, at(this.#firstSequence, builder) + slot);
  }

  /** What each slot that is free does next, passing over what will never be built. */
  #heads(): Placement[] {
    const heads: Placement[] = [];
    this.#sequences.forEach((placements, sequence) => {
      let next = int32At(this.#next, sequence);
      while (next < placements.length && isOver(this.state(at(placements, next).task))) next++;
      this.#next[sequence] = next;
      const head = placements[next];
      if (head !== undefined && this.state(head.task) !== 'running') heads.push(head);
    });
    return heads;
  }

  #releaseMs({ task }: Placement): number {
    return float64At(this.#problem.releaseMs, task);
  }

  #placeNow(planned: Placement, startMs: number): Placement {
    const { task, builder, makeJobs } = planned;
    const isMoved = this.#isForDisk[task] === 1;
    const mode = isMoved ? 'disk' : planned.mode;
    const durationMs = modeDuration(this.#problem, task, at(this.#problem.builders, builder), mode, makeJobs);
    const chroot = isMoved ? -1 : planned.chroot;
    return { ...planned, mode, chroot, startMs, endMs: startMs + durationMs };
  }

  #take(placement: Placement): void {
    roomOf(this.#rooms, placement).take(placement);
    this.#lives.start(placement);
  }

  #release(task: number): Placement {
    const placement = this.#lives.placementOf(task);
    roomOf(this.#rooms, placement).release(placement);
    return placement;
  }
}

function isOver(state: TaskState): boolean {
  return state === 'finished' || state === 'failed' || state === 'cancelled';
}
