import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount, type Csr } from '../base/csr.ts';

/** A partition of the nodes of a graph into strongly connected components. */
export interface Components {
  /** Component of each node. Components are numbered so that an edge never leads to a higher number. */
  readonly of: Int32Array;
  readonly count: number;
}

/**
 * Strongly connected components by Tarjan's algorithm, iterative: chains of millions of nodes are fine.
 * @param isKept 0 hides an edge; one cell an edge; left out: all edges count
 * @see Tarjan 1972, Depth-first search and linear graph algorithms. O(nodes + edges)
 */
export function stronglyConnected(graph: Csr, isKept?: Uint8Array): Components {
  const nodeCount = rowCount(graph);
  const of = new Int32Array(nodeCount).fill(-1);
  const index = new Int32Array(nodeCount);
  const low = new Int32Array(nodeCount);
  const cursor = graph.offset.slice(0, nodeCount);
  const path = new Int32Array(nodeCount);
  const open = new Int32Array(nodeCount);
  let openCount = 0;
  let visited = 0;
  let count = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (index[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    index[root] = low[root] = ++visited;
    open[openCount++] = root;
    while (depth >= 0) {
      const node = int32At(path, depth);
      const edge = int32At(cursor, node);
      if (edge < edgesTo(graph, node)) {
        cursor[node] = edge + 1;
        if (isKept?.[edge] === 0) continue;
        const next = int32At(graph.target, edge);
        if (index[next] === 0) {
          index[next] = low[next] = ++visited;
          open[openCount++] = next;
          path[++depth] = next;
        } else if (of[next] === -1) low[node] = Math.min(int32At(low, node), int32At(index, next));
        continue;
      }
      depth--;
      if (depth >= 0) {
        const parent = int32At(path, depth);
        low[parent] = Math.min(int32At(low, parent), int32At(low, node));
      }
      if (low[node] !== index[node]) continue;
      for (;;) {
        const member = int32At(open, --openCount);
        of[member] = count;
        if (member === node) break;
      }
      count++;
    }
  }
  return { of, count };
}

/** The members of each component that has a cycle: two nodes or more, or one with an edge to itself. Nodes ascend. */
export function cyclicComponents(graph: Csr, components: Components): readonly Int32Array[] {
  const size = new Int32Array(components.count);
  for (const component of components.of) size[component] = at(size, component) + 1;
  const members = new Map<number, number[]>();
  components.of.forEach((component, node) => {
    if (size[component] === 1 && !hasLoop(graph, node)) return;
    const known = members.get(component);
    if (known === undefined) members.set(component, [node]);
    else known.push(node);
  });
  return [...members.values()].map((nodes) => Int32Array.from(nodes));
}

function hasLoop(graph: Csr, node: number): boolean {
  for (let edge = edgesFrom(graph, node); edge < edgesTo(graph, node); edge++) {
    if (graph.target[edge] === node) return true;
  }
  return false;
}
