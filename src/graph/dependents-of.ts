import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Dag } from './dag.ts';

/**
 * What needs a task, directly or not, in the order in which it is found.
 * @param isCounted tasks that are not counted are not gone through either; without it all are. O(edges)
 */
export function dependentsOf(
  { dependents }: Dag,
  task: number,
  isCounted: (task: number) => boolean = () => true,
): ReadonlySet<number> {
  const found = new Set<number>();
  const stack = [task];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    for (let edge = edgesFrom(dependents, next); edge < edgesTo(dependents, next); edge++) {
      const dependent = int32At(dependents.target, edge);
      if (found.has(dependent) || !isCounted(dependent)) continue;
      found.add(dependent);
      stack.push(dependent);
    }
  }
  return found;
}
