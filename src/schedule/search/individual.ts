/** The two ways of a pass: from the start of the project, or from its end with times that count backward. */
export type Direction = 0 | 1;
export const FORWARD: Direction = 0;
export const BACKWARD: Direction = 1;

export function opposite(direction: Direction): Direction {
  return direction === FORWARD ? BACKWARD : FORWARD;
}

/**
 * A schedule as the next pass sees it, which goes the other way: `time` is when each task starts, counted from where that pass
 * begins, and `order` lists the tasks by it. Made once, overwritten often.
 */
export class Individual {
  readonly order: Int32Array;
  readonly time: Int32Array;
  /** The mode of each task. */
  readonly mode: Int32Array;
  makespan = 0;
  /** The makespan, or more than any makespan where a budget is overdrawn: what is compared. */
  cost = Infinity;

  constructor(taskCount: number) {
    this.order = new Int32Array(taskCount);
    this.time = new Int32Array(taskCount);
    this.mode = new Int32Array(taskCount);
  }

  copyFrom(other: Individual): void {
    this.order.set(other.order);
    this.time.set(other.time);
    this.mode.set(other.mode);
    this.makespan = other.makespan;
    this.cost = other.cost;
  }
}
