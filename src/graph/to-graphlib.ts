import { Graph } from '@dagrejs/graphlib';
import type { GraphDocument } from './graph-document.ts';

/**
 * The graph as graphlib's: directed, nodes and edges labelled with the document's records, for layout and interchange.
 * graphlib is not for the hot path: its algorithms recurse and are a thousand times slower on a whole archive.
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const options = resolveAnalyseOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { analysis } = analyseInputs(inputs, options);
 * const graph = toGraphlib(makeGraphDocument(analysis.graph));
 * graph.isDirected(); // → true
 */
export function toGraphlib(document: GraphDocument): Graph {
  const graph = new Graph({ directed: true });
  for (const unit of document.units) graph.setNode(unit.id, unit);
  for (const edge of document.edges) graph.setEdge(edge.from, edge.to, edge);
  return graph;
}
