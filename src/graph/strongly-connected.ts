import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount, type Csr } from '../base/csr.ts';

/** A partition of the nodes of a graph into strongly connected components. */
export interface Components {
  /** Component of each node; -1: it was not reached. Components are numbered so that an edge never leads to a higher number. */
  readonly of: Int32Array;
  readonly count: number;
}

/** A part of a graph. */
export interface Scope {
  /** Where searches begin. */
  readonly roots: Int32Array;
  /** 1: the node is not there; one cell a node. */
  readonly isHidden: Uint8Array;
}

/**
 * Strongly connected components by Tarjan's algorithm, iterative: chains of millions of nodes are fine. Components are
 * numbered as they are completed.
 * @param isKept 0 hides an edge; one cell an edge; left out: all edges count
 * @param scope where to look: only what its roots lead to, without what is hidden, has a component; left out: everywhere
 * @see Tarjan 1972, Depth-first search and linear graph algorithms. O(nodes + edges), with a scope O(nodes + edges reached)
 */
export function stronglyConnected(graph: Csr, isKept?: Uint8Array, scope?: Scope): Components {
  const { offset, target } = graph;
  const nodeCount = rowCount(graph);
  const of = new Int32Array(nodeCount).fill(-1);
  const index = new Int32Array(nodeCount);
  // the lowest index that an open node is known to reach; 0: not visited; `complete`: beyond all indices
  const low = new Int32Array(nodeCount);
  const complete = nodeCount + 1;
  const rootCount = scope?.roots.length ?? nodeCount;
  for (let node = 0; scope !== undefined && node < nodeCount; node++)
    if (scope.isHidden[node] === 1) low[node] = complete;
  const cursor = offset.slice(0, nodeCount);
  const path = new Int32Array(nodeCount);
  const open = new Int32Array(nodeCount);
  let openCount = 0;
  let visited = 0;
  let count = 0;
  for (let place = 0; place < rootCount; place++) {
    const root = scope === undefined ? place : int32At(scope.roots, place);
    let next = low[root] === 0 ? root : -1;
    for (let depth = -1; next !== -1 || depth >= 0;) {
      if (next !== -1) {
        index[next] = low[next] = ++visited;
        path[++depth] = open[openCount++] = next;
        next = -1;
      }
      const node = int32At(path, depth);
      const end = int32At(offset, node + 1);
      let edge = int32At(cursor, node);
      let least = int32At(low, node);
      for (; edge < end && next === -1; edge++) {
        if (isKept?.[edge] === 0) continue;
        const reached = int32At(low, int32At(target, edge));
        if (reached === 0) next = int32At(target, edge);
        else if (reached < least) least = reached;
      }
      cursor[node] = edge;
      low[node] = least;
      if (next !== -1) continue;
      const parent = --depth < 0 ? root : int32At(path, depth);
      low[parent] = Math.min(int32At(low, parent), least);
      for (let member = -1; least === index[node] && member !== node;) {
        member = int32At(open, --openCount);
        of[member] = count;
        low[member] = complete;
        if (member === node) count++;
      }
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
