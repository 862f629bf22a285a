import { float64At, int32At } from '../../base/cells.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { Random } from '../../base/random.ts';
import type { Project } from '../project.ts';
import type { Decoder } from './decoder.ts';

/** A random choice goes by (regret + 1) to this power. */
const BIAS = 2;

/**
 * First lists of a search: sampled by a priority rule, the longest chain of shortest durations to the end (latest finish).
 * @see Kolisch & Drexl 1996, on biased random sampling by regret
 */
export class PriorityLists {
  readonly #project: Project;
  readonly #decoder: Decoder;
  readonly #random: Random;
  readonly #tail: Float64Array;
  readonly #waits: Int32Array;
  /** Tasks whose needs stand in the list; those that can start first stand in front. */
  readonly #eligible: Int32Array;
  #eligibleCount = 0;
  /** No eligible task can start earlier. */
  readonly #earliest: Int32Array;

  /** @param order of the tasks, needs of this direction first */
  constructor(project: Project, decoder: Decoder, order: Int32Array, random: Random) {
    this.#project = project;
    this.#decoder = decoder;
    this.#random = random;
    this.#tail = longestTails(project, decoder, order);
    this.#waits = new Int32Array(project.taskCount);
    this.#eligible = new Int32Array(project.taskCount);
    this.#earliest = new Int32Array(project.taskCount);
  }

  /** Serial sampling: of all tasks whose needs stand in the list already. */
  sample(order: Int32Array): void {
    this.#begin();
    for (let index = 0; index < order.length; index++)
      order[index] = this.#take(this.#draw(this.#eligibleCount));
  }

  /**
   * Parallel sampling: of the tasks that can start at the first instant at which any can. O(tasks × eligible tasks)
   * @param isGreedy takes the longest tail instead of a random one
   */
  sampleParallel(order: Int32Array, modes: Int32Array, isGreedy: boolean): void {
    const { timetable, finish } = this.#decoder;
    this.#begin();
    timetable.clear();
    for (let index = 0; index < order.length; index++) {
      const count = this.#findStartable(modes);
      const place = isGreedy ? this.#longest(count) : this.#draw(count);
      const task = int32At(this.#eligible, place);
      const mode = int32At(modes, task);
      const length = int32At(this.#project.duration, mode);
      const start = int32At(this.#earliest, task);
      timetable.take(mode, start, length);
      finish[task] = start + length;
      order[index] = this.#take(place);
    }
  }

  #begin(): void {
    const { needs, finish } = this.#decoder;
    this.#eligibleCount = 0;
    for (let task = 0; task < this.#waits.length; task++) {
      finish[task] = 0;
      this.#waits[task] = edgesTo(needs, task) - edgesFrom(needs, task);
      if (this.#waits[task] === 0) this.#admit(task);
    }
  }

  #admit(task: number): void {
    this.#eligible[this.#eligibleCount++] = task;
    this.#earliest[task] = this.#decoder.ready(task);
  }

  /** Brings those that can start first to the front. What was free earlier may be taken now, never the other way. @returns how many */
  #findStartable(modes: Int32Array): number {
    const eligible = this.#eligible;
    let count = 0;
    while (count === 0) {
      let first = Infinity;
      for (let place = 0; place < this.#eligibleCount; place++)
        first = Math.min(first, int32At(this.#earliest, int32At(eligible, place)));
      for (let place = 0; place < this.#eligibleCount; place++) {
        const task = int32At(eligible, place);
        if (int32At(this.#earliest, task) > first) continue;
        const mode = int32At(modes, task);
        const start = this.#decoder.timetable.earliest(mode, first, int32At(this.#project.duration, mode));
        this.#earliest[task] = start;
        if (start > first) continue;
        eligible[place] = int32At(eligible, count);
        eligible[count++] = task;
      }
    }
    return count;
  }

  /** Takes a task out of the eligible ones, and lets in those that waited for it last. */
  #take(place: number): number {
    const { dependents } = this.#decoder;
    const task = int32At(this.#eligible, place);
    this.#eligible[place] = int32At(this.#eligible, --this.#eligibleCount);
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
      const dependent = int32At(dependents.target, edge);
      const left = int32At(this.#waits, dependent) - 1;
      this.#waits[dependent] = left;
      if (left === 0) this.#admit(dependent);
    }
    return task;
  }

  #longest(count: number): number {
    let longest = 0;
    for (let place = 1; place < count; place++)
      if (this.#tailAt(place) > this.#tailAt(longest)) longest = place;
    return longest;
  }

  /** One of the first `count` eligible tasks, rather one whose tail is longer than the shortest of them. */
  #draw(count: number): number {
    let shortest = Infinity;
    for (let place = 0; place < count; place++) shortest = Math.min(shortest, this.#tailAt(place));
    let sum = 0;
    for (let place = 0; place < count; place++) sum += (this.#tailAt(place) - shortest + 1) ** BIAS;
    let left = this.#random() * sum;
    for (let place = 0; place < count - 1; place++) {
      left -= (this.#tailAt(place) - shortest + 1) ** BIAS;
      if (left < 0) return place;
    }
    return count - 1;
  }

  #tailAt(place: number): number {
    return float64At(this.#tail, int32At(this.#eligible, place));
  }
}

/** The longest chain of shortest durations from the start of each task to the end. */
function longestTails(project: Project, { dependents }: Decoder, order: Int32Array): Float64Array {
  const tail = new Float64Array(project.taskCount);
  for (let index = order.length - 1; index >= 0; index--) {
    const task = int32At(order, index);
    let longest = 0;
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++)
      longest = Math.max(longest, float64At(tail, int32At(dependents.target, edge)));
    let shortest = Infinity;
    for (let mode = int32At(project.modeOffset, task); mode < int32At(project.modeOffset, task + 1); mode++)
      shortest = Math.min(shortest, int32At(project.duration, mode));
    tail[task] = longest + shortest;
  }
  return tail;
}
