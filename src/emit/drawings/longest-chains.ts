import { at } from '../../base/column.ts';
import { row } from '../../base/csr.ts';
import type { PlanGraph } from '../plan-graph.ts';

/**
 * The nodes of a graph, those of the critical chain first, then by the longest chain of durations that leads through them;
 * ties by index. The first of them show what decides about the plan. O(n log n + edges)
 */
export function longestChainsFirst({ nodes, dag }: PlanGraph): readonly number[] {
  const durationOf = (index: number): number => at(nodes, index).build.task.durationMs;
  const before = new Float64Array(nodes.length);
  const after = new Float64Array(nodes.length);
  const longest = (chains: Float64Array, neighbours: Int32Array): number => {
    let most = 0;
    for (const neighbour of neighbours) most = Math.max(most, at(chains, neighbour) + durationOf(neighbour));
    return most;
  };
  for (const index of dag.order) before[index] = longest(before, row(dag.needs, index));
  for (const index of dag.order.slice().reverse()) after[index] = longest(after, row(dag.dependents, index));
  const through = (index: number): number => at(before, index) + durationOf(index) + at(after, index);
  const isCritical = (index: number): number => Number(at(nodes, index).build.task.critical);
  return Array.from(nodes.keys()).sort(
    (a, b) => isCritical(b) - isCritical(a) || through(b) - through(a) || a - b,
  );
}
