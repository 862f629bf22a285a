import { at } from '../../base/column.ts';
import { rowCount, type Csr } from '../../base/csr.ts';

/** An elementary cycle by its edges, its lowest node's first. */
export interface Candidate {
  readonly edges: readonly number[];
  /** The sum over its nodes of how many known cycles go through each. */
  readonly weight: number;
}

/**
 * The cycles that show most: shortest first, of one length the heavier, then by their nodes. In this order those are
 * taken that share no node with one taken before; then those with a node that none so far shows; then those with such
 * an edge; then the rest.
 * @param most how many, ≥ 1
 * @returns the nodes of each, in the same order
 */
export function chooseCycles(
  needs: Csr,
  candidates: readonly Candidate[],
  most: number,
): readonly (readonly number[])[] {
  const order = candidates
    .map(({ edges, weight }) => ({ edges, weight, nodes: nodesOf(needs, edges) }))
    .sort((a, b) => a.nodes.length - b.nodes.length || b.weight - a.weight || compareNodes(a.nodes, b.nodes));
  const isTaken = new Uint8Array(order.length);
  let takenCount = 0;
  const isNodeShown = new Uint8Array(rowCount(needs));
  const isEdgeShown = new Uint8Array(needs.target.length);
  const take = (isWanted: (nodes: readonly number[], edges: readonly number[]) => boolean): void => {
    order.forEach(({ nodes, edges }, place) => {
      if (takenCount === most || isTaken[place] === 1 || !isWanted(nodes, edges)) return;
      isTaken[place] = 1;
      takenCount++;
      for (const node of nodes) isNodeShown[node] = 1;
      for (const edge of edges) isEdgeShown[edge] = 1;
    });
  };
  take((nodes) => nodes.every((node) => isNodeShown[node] === 0));
  take((nodes) => nodes.some((node) => isNodeShown[node] === 0));
  take((_, edges) => edges.some((edge) => isEdgeShown[edge] === 0));
  take(() => true);
  return order.filter((_, place) => isTaken[place] === 1).map(({ nodes }) => nodes);
}

/** The node that each edge leaves: the one that the edge before it leads to. */
function nodesOf(needs: Csr, edges: readonly number[]): readonly number[] {
  return edges.map((_, index) => at(needs.target, at(edges, index === 0 ? edges.length - 1 : index - 1)));
}

function compareNodes(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index++) {
    const difference = at(a, index) - at(b, index);
    if (difference !== 0) return difference;
  }
  return 0;
}
