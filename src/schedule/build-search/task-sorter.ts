import { float64At } from '../../base/cells.ts';

/** Sorts tasks by a time, equal ones by number. Nothing is allocated unless the times are longer than centuries. */
export class TaskSorter {
  readonly #keys: Float64Array;

  constructor(taskCount: number) {
    this.#keys = new Float64Array(taskCount);
  }

  /**
   * @param tasks sorted in place
   * @param timeMs one cell a task, integers; what is below 0 counts as 0
   */
  sort(tasks: Int32Array, timeMs: Float64Array): void {
    const keys = this.#keys.subarray(0, tasks.length);
    const factor = timeMs.length;
    let largest = 0;
    for (let index = 0; index < tasks.length; index++) {
      const task = tasks[index] ?? 0;
      const key = Math.max(0, float64At(timeMs, task)) * factor + task;
      keys[index] = key;
      if (key > largest) largest = key;
    }
    if (largest > Number.MAX_SAFE_INTEGER) {
      tasks.sort((a, b) => Math.max(0, float64At(timeMs, a)) - Math.max(0, float64At(timeMs, b)) || a - b);
      return;
    }
    keys.sort(); // numbers without a comparison function: four times as fast
    for (let index = 0; index < tasks.length; index++) tasks[index] = float64At(keys, index) % factor;
  }
}
