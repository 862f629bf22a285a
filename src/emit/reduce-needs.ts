import { at } from '../base/column.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo } from '../base/csr.ts';
import { toDag } from '../graph/dag.ts';
import { impliedEdges } from '../graph/implied-edges.ts';

/**
 * Leaves out needs that follow from others: a task that waits for B, which waits for A, need not say that it waits for A. What
 * waits for what, in the end, stays the same. In a whole archive some 97 of 100 go.
 * @param needs of each task the numbers of those that it waits for, each once
 * @returns the same with those alone that are needed, in the order given. Cost: that of `impliedEdges`
 */
export function reduceNeeds(needs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const edges = new EdgeList();
  needs.forEach((own, task) => {
    for (const need of own) edges.push(task, need);
  });
  const dag = toDag(buildCsr(needs.length, edges));
  if (dag === undefined) throw new Error('BUG: a plan whose tasks wait for each other was not refused');
  const implied = impliedEdges(dag);
  return needs.map((_, task) => {
    const kept: number[] = [];
    for (let edge = edgesFrom(dag.needs, task); edge < edgesTo(dag.needs, task); edge++)
      if (implied[edge] === 0) kept.push(at(dag.needs.target, edge));
    return kept;
  });
}
