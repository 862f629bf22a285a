import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Dag } from '../graph/dag.ts';

/** What needs a task, directly or not. O(edges) */
export function dependentsOf({ dependents }: Dag, task: number): ReadonlySet<number> {
  const found = new Set<number>();
  const stack = [task];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    for (let edge = edgesFrom(dependents, next); edge < edgesTo(dependents, next); edge++) {
      const dependent = int32At(dependents.target, edge);
      if (found.has(dependent)) continue;
      found.add(dependent);
      stack.push(dependent);
    }
  }
  return found;
}
