import { Graph as Graphlib } from '@dagrejs/graphlib';
import { DirectedGraph } from 'graphology';
import type { EdgePairs } from './edge-pairs.ts';

export function toGraphlibGraph({ nodeCount, from, to }: EdgePairs): Graphlib {
  const graph = new Graphlib({ directed: true });
  for (let node = 0; node < nodeCount; node++) graph.setNode(String(node));
  for (let edge = 0; edge < from.length; edge++) graph.setEdge(String(from[edge]), String(to[edge]));
  return graph;
}

export function toGraphology({ nodeCount, from, to }: EdgePairs): DirectedGraph {
  const graph = new DirectedGraph();
  for (let node = 0; node < nodeCount; node++) graph.addNode(node);
  for (let edge = 0; edge < from.length; edge++) graph.addEdge(from[edge], to[edge]);
  return graph;
}

/** Kahn's algorithm on graphology's graph: the package that has one of its own, graphology-dag, is not installed. */
export function kahnOnGraphology(graph: DirectedGraph): readonly string[] {
  const waits = new Map<string, number>();
  const order: string[] = [];
  graph.forEachNode((node) => {
    waits.set(node, graph.outDegree(node));
    if (graph.outDegree(node) === 0) order.push(node);
  });
  for (const done of order) {
    graph.forEachInNeighbor(done, (node) => {
      const left = (waits.get(node) ?? 0) - 1;
      waits.set(node, left);
      if (left === 0) order.push(node);
    });
  }
  return order;
}
