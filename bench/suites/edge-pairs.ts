import { buildCsr, EdgeList, stronglyConnected, type Csr } from '../../src/internal.ts';

/** Edges one by one, as libraries want them: `from[i]` waits for `to[i]`. */
export interface EdgePairs {
  readonly nodeCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export function edgePairs({ offset, target }: Csr): EdgePairs {
  const from = new Int32Array(target.length);
  for (let node = 0; node + 1 < offset.length; node++) from.fill(node, offset[node], offset[node + 1]);
  return { nodeCount: offset.length - 1, from, to: target };
}

export function csrOf({ nodeCount, from, to }: EdgePairs): Csr {
  const edges = new EdgeList();
  for (let edge = 0; edge < from.length; edge++) edges.push(from[edge] ?? 0, to[edge] ?? 0);
  return buildCsr(nodeCount, edges);
}

/** Without the edges inside components that lead to a higher number: what is left has no cycle. */
export function withoutCycles(graph: Csr): Csr {
  const { of } = stronglyConnected(graph);
  const { nodeCount, from, to } = edgePairs(graph);
  const edges = new EdgeList();
  for (let edge = 0; edge < from.length; edge++) {
    const [node = 0, need = 0] = [from[edge], to[edge]];
    if (of[node] !== of[need] || need < node) edges.push(node, need);
  }
  return buildCsr(nodeCount, edges);
}
