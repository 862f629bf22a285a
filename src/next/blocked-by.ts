import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Dag } from '../graph/dag.ts';

/**
 * Which of some tasks each other task needs, directly or not.
 * @param causes the tasks in question: failed ones
 * @returns the tasks that need at least one, with those that they need, ascending. O(edges × causes)
 */
export function neededOf(dag: Dag, causes: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, Set<number>>();
  for (const task of dag.order) {
    const own = new Set<number>();
    for (let edge = edgesFrom(dag.needs, task); edge < edgesTo(dag.needs, task); edge++) {
      const need = int32At(dag.needs.target, edge);
      if (causes.has(need)) own.add(need);
      for (const cause of found.get(need) ?? []) own.add(cause);
    }
    if (own.size > 0) found.set(task, own);
  }
  return new Map([...found].map(([task, own]) => [task, [...own].sort((a, b) => a - b)]));
}
