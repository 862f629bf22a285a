/** What a generation scheme makes a schedule of: all tasks, needs first, and the mode that each should have or `ANY_MODE`. */
export interface TaskList {
  readonly order: Int32Array;
  /** One cell a task. */
  readonly wanted: Int32Array;
}

export function emptyList(taskCount: number): TaskList {
  return { order: new Int32Array(taskCount), wanted: new Int32Array(taskCount) };
}

export function copyList(from: TaskList, to: TaskList): void {
  to.order.set(from.order);
  to.wanted.set(from.wanted);
}
