import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { edgesFrom, edgesTo, row } from '../../src/base/csr.ts';
import { toDag, type Dag } from '../../src/graph/dag.ts';
import { impliedEdges } from '../../src/graph/implied-edges.ts';
import { csrOf } from '../support/needs-graphs.ts';

/** Nodes numbered at random, each pair an edge with some probability, none against an order of their own. */
const dags: fc.Arbitrary<Dag> = fc
  .tuple(
    fc.integer({ min: 1, max: 14 }),
    fc.array(fc.boolean(), { minLength: 100, maxLength: 100, size: 'max' }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 14, maxLength: 14, size: 'max' }),
  )
  .map(([count, coins, keys]) => {
    const numbers = Array.from({ length: count }, (_, node) => node).sort(
      (a, b) => at(keys, a) - at(keys, b) || a - b,
    );
    const edges = numbers.flatMap((from, rank) =>
      numbers
        .slice(0, rank)
        .filter((to) => coins[(from * 7 + to * 13) % 100] === true)
        .map((to) => ({ from, to })),
    );
    return checkedDag(count, edges);
  });

function checkedDag(count: number, edges: readonly { readonly from: number; readonly to: number }[]): Dag {
  const dag = toDag(csrOf(count, edges));
  if (dag === undefined) throw new Error('a cycle by construction');
  return dag;
}

/** All that a node waits for, near and far, without `skipped` edges. */
function reachOf({ needs }: Dag, from: number, skipped: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (let edge = edgesFrom(needs, node); edge < edgesTo(needs, node); edge++) {
      const to = at(needs.target, edge);
      if (skipped.has(edge) || found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}

describe('impliedEdges', () => {
  it('are those without which everything is still reached, each alone and all together', () => {
    fc.assert(
      fc.property(dags, (dag) => {
        const implied = impliedEdges(dag);
        const all = new Set([...implied.keys()].filter((edge) => implied[edge] === 1));
        for (let node = 0; node < dag.order.length; node++) {
          const reach = reachOf(dag, node, new Set());
          expect(reachOf(dag, node, all)).toEqual(reach);
          for (let edge = edgesFrom(dag.needs, node); edge < edgesTo(dag.needs, node); edge++) {
            const isNeeded = !reachOf(dag, node, new Set([edge])).has(at(dag.needs.target, edge));
            expect(implied[edge]).toBe(isNeeded ? 0 : 1);
          }
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('are found across tables: a ladder of more nodes than one table has columns', () => {
    const count = 9000;
    const edges = Array.from({ length: count }, (_, from) =>
      [1, 2, 5000].flatMap((step) => (from < step ? [] : [{ from, to: from - step }])),
    ).flat();
    const dag = checkedDag(count, edges);
    const implied = impliedEdges(dag);
    const kept = [...dag.order].flatMap((node) =>
      [...row(dag.needs, node)]
        .filter((_, index) => implied[edgesFrom(dag.needs, node) + index] === 0)
        .map((to) => node - to),
    );
    expect(kept).toEqual(Array.from({ length: count - 1 }, () => 1));
  });
});
