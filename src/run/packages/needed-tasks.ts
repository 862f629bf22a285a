import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo, type Csr } from '../../base/csr.ts';

/** All that a task needs, directly or not, without itself; ascending. O(edges below it) */
export function neededTasks(needs: Csr, task: number): readonly number[] {
  const seen = new Set<number>();
  const open = [task];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (let edge = edgesFrom(needs, next); edge < edgesTo(needs, next); edge++) {
      const need = at(needs.target, edge);
      if (seen.has(need)) continue;
      seen.add(need);
      open.push(need);
    }
  }
  return [...seen].sort((a, b) => a - b);
}

/** Those of several tasks that no other of them needs, directly or not: at least one. */
export function lastOf(needs: Csr, tasks: readonly number[]): readonly number[] {
  const earlier = new Set(tasks.flatMap((task) => neededTasks(needs, task)));
  return tasks.filter((task) => !earlier.has(task));
}
