import { at } from '../../base/column.ts';
import type { ReportTasks } from '../report-data.ts';

/** Who waits for whom, the other way round: `of[start[t] .. start[t + 1])` are the tasks that need `t`, ascending. */
export interface Dependents {
  readonly start: Uint32Array;
  readonly of: Uint32Array;
}

const known = new WeakMap<ReportTasks, Dependents>();

/** Found out when somebody first asks, which takes a quarter of a second for 35,000 tasks, then kept. O(tasks + needs) */
export function dependentsOf(tasks: ReportTasks): Dependents {
  const found = known.get(tasks) ?? reverse(tasks);
  known.set(tasks, found);
  return found;
}

function reverse(tasks: ReportTasks): Dependents {
  const start = new Uint32Array(tasks.count + 1);
  for (const need of tasks.needs) start[need + 1] = at(start, need + 1) + 1;
  for (let task = 0; task < tasks.count; task++) start[task + 1] = at(start, task + 1) + at(start, task);
  const cursor = start.slice(0, tasks.count);
  const of = new Uint32Array(tasks.needs.length);
  for (let task = 0; task < tasks.count; task++) {
    for (const need of needsOf(tasks, task)) {
      const place = at(cursor, need);
      of[place] = task;
      cursor[need] = place + 1;
    }
  }
  return { start, of };
}

/** What a task needs, ascending, as a view. */
export function needsOf(tasks: ReportTasks, task: number): Uint32Array {
  return tasks.needs.subarray(at(tasks.needStart, task), at(tasks.needStart, task + 1));
}

/** What waits for a task directly, ascending, as a view. */
export function waitingFor(dependents: Dependents, task: number): Uint32Array {
  return dependents.of.subarray(at(dependents.start, task), at(dependents.start, task + 1));
}

/** How many tasks wait for one, directly or through others. O(their number and edges) */
export function countWaiting(dependents: Dependents, task: number): number {
  const isSeen = new Uint8Array(dependents.start.length);
  const stack = [task];
  let count = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    for (const waiting of waitingFor(dependents, next)) {
      if (at(isSeen, waiting) === 1) continue;
      isSeen[waiting] = 1;
      count++;
      stack.push(waiting);
    }
  }
  return count;
}
