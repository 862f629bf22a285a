import { stableJson } from '../base/stable-json.ts';
import type { GraphDocument, GraphEdge } from '../graph/graph-document.ts';

export type GraphFormat = 'json' | 'dot' | 'csv';

/** How a graph is written in each format; every name and text is data in it. */
export const graphFormats: Readonly<Record<GraphFormat, (document: GraphDocument) => string>> = {
  json: stableJson,
  dot: emitDot,
  csv: emitCsv,
};

/** Graphviz: soft edges are dashed, edges to later layers dotted. */
function emitDot(document: GraphDocument): string {
  const lines = ['digraph debplan {', '  rankdir=LR;', '  node [shape=box];'];
  for (const unit of document.units) lines.push(`  ${quoteDot(unit.id)};`);
  for (const edge of document.edges) {
    lines.push(
      `  ${quoteDot(edge.from)} -> ${quoteDot(edge.to)} [style=${edgeStyle(edge)}, tooltip=${quoteDot(edge.reason)}];`,
    );
  }
  return `${lines.join('\n')}\n}\n`;
}

function edgeStyle(edge: GraphEdge): string {
  return edge.isLater ? 'dotted' : edge.strength === 'soft' ? 'dashed' : 'solid';
}

/** Inside quotes Graphviz knows two escapes that matter: the quote and the backslash. */
function quoteDot(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** RFC 4180 with `\n`: an edge a row, then each unit without edges with its id alone. */
function emitCsv(document: GraphDocument): string {
  const rows = [['from', 'to', 'strength', 'reason']];
  const linked = new Set<string>();
  for (const edge of document.edges) {
    rows.push([edge.from, edge.to, edge.strength, edge.reason]);
    linked.add(edge.from).add(edge.to);
  }
  for (const unit of document.units) if (!linked.has(unit.id)) rows.push([unit.id, '', '', '']);
  return rows.map((row) => `${row.map(quoteCsv).join(',')}\n`).join('');
}

function quoteCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
