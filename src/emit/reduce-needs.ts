import { buildCsr, EdgeList, row } from '../base/csr.ts';
import { transitiveReduction } from '../graph/transitive-reduction.ts';

/**
 * Leaves out needs that follow from others: a task that waits for B, which waits for A, need not say that it waits for A. What
 * waits for what, in the end, stays the same. A plan that debplan makes has none such, one that was written otherwise may.
 * @param needs of each task the numbers of those that it waits for
 * @returns the same with those alone that are needed, ascending. Cost: that of `transitiveReduction`
 */
export function reduceNeeds(needs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const edges = new EdgeList();
  needs.forEach((own, task) => {
    for (const need of own) edges.push(task, need);
  });
  const reduced = transitiveReduction(buildCsr(needs.length, edges));
  if (reduced === undefined) throw new Error('BUG: a plan whose tasks wait for each other was not refused');
  return needs.map((_, task) => [...row(reduced, task)]);
}
