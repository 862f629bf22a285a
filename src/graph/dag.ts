import type { Brand } from '../base/brand.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount, transpose, type Csr } from '../base/csr.ts';

/** A graph proven free of cycles. Only `toDag` makes one; everything that schedules takes nothing less. */
export type Dag = Brand<AcyclicGraph, 'Dag'>;

interface AcyclicGraph {
  /** Row `u` lists what `u` waits for. */
  readonly needs: Csr;
  /** Row `u` lists what waits for `u`: `needs`, reversed. */
  readonly dependents: Csr;
  /** All nodes, needs first: as the last of their needs comes, those of one need by number. */
  readonly order: Int32Array;
}

/**
 * Proves that a graph has no cycle (Kahn's algorithm).
 * @param needs row `u` lists what `u` waits for; a node may be listed twice; a node that lists itself is a cycle
 * @returns the graph with its reverse and a topological order, or undefined when there is a cycle. O(nodes + edges)
 */
export function toDag(needs: Csr): Dag | undefined {
  const nodeCount = rowCount(needs);
  const dependents = transpose(needs, nodeCount);
  const waits = new Int32Array(nodeCount);
  const order = new Int32Array(nodeCount);
  let filled = 0;
  for (let node = 0; node < nodeCount; node++) {
    waits[node] = edgesTo(needs, node) - edgesFrom(needs, node);
    if (waits[node] === 0) order[filled++] = node;
  }
  for (let next = 0; next < filled; next++) {
    const node = at(order, next);
    for (let edge = edgesFrom(dependents, node); edge < edgesTo(dependents, node); edge++) {
      const dependent = at(dependents.target, edge);
      const left = at(waits, dependent) - 1;
      waits[dependent] = left;
      if (left === 0) order[filled++] = dependent;
    }
  }
  return filled === nodeCount ? makeDag({ needs, dependents, order }) : undefined;
}

function makeDag(graph: AcyclicGraph): Dag {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where the brand is made
  return graph as Dag;
}
