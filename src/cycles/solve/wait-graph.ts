import { at } from '../../base/column.ts';
import { buildCsr, EdgeList, rowCount, type Csr } from '../../base/csr.ts';

/**
 * Nodes, and one more node a row, so that items that share a row share its edges: 0 .. size - 1 lead to the rows of their
 * items, `size + row` to what the row holds. Between two nodes there is a way just when there is one by items; that a node
 * may come back to itself through a row that holds it means nothing.
 */
export interface WaitGraph {
  readonly size: number;
  readonly graph: Csr;
  /** The item of each edge that leads to a row; these edges are the first ones. */
  readonly itemOfEdge: Int32Array;
}

/** @param owner one cell an item, as `row`: the row of `rows` that it waits for */
export function makeWaitGraph(size: number, owner: Int32Array, row: Int32Array, rows: Csr): WaitGraph {
  const own = ownItems(size, owner);
  const edges = new EdgeList();
  for (const item of own.target) edges.push(at(owner, item), size + at(row, item));
  for (let index = 0; index < rowCount(rows); index++) {
    for (let edge = at(rows.offset, index); edge < at(rows.offset, index + 1); edge++)
      edges.push(size + index, at(rows.target, edge));
  }
  return { size, graph: buildCsr(size + rowCount(rows), edges), itemOfEdge: own.target };
}

/** Row `node`: the items that it owns, ascending. */
export function ownItems(size: number, owner: Int32Array): Csr {
  const edges = new EdgeList();
  owner.forEach((node, item) => {
    edges.push(node, item);
  });
  return buildCsr(size, edges);
}
