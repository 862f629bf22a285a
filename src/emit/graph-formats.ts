import { stableJson } from '../base/stable-json.ts';
import { GRAPH_SCHEMA, type GraphEdge, type GraphUnit } from '../graph/graph-document.ts';
import { csvRow } from './csv-row.ts';
import { quoteDot } from './quote-dot.ts';

export type GraphFormat = 'json' | 'dot' | 'csv';

/** A graph to write: a `GraphDocument`, or records that are made while they are read. Each is read once. */
export interface GraphRecords {
  readonly units: Iterable<GraphUnit>;
  readonly edges: Iterable<GraphEdge>;
}

/**
 * How a graph is written in each format; every name and text is data in it. The text comes in chunks of about
 * `CHUNK_LENGTH`, as a whole archive's is longer than a string can be.
 */
export const graphFormats: Readonly<Record<GraphFormat, (records: GraphRecords) => Iterable<string>>> = {
  json: (records) => inChunks(emitJson(records)),
  dot: (records) => inChunks(emitDot(records)),
  csv: (records) => inChunks(emitCsv(records)),
};

/** UTF-16 code units. */
const CHUNK_LENGTH = 65_536;

function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** The bytes that `stableJson` makes of the `GraphDocument`. */
function* emitJson({ units, edges }: GraphRecords): Generator<string> {
  yield `{\n  "schema": ${JSON.stringify(GRAPH_SCHEMA)},\n  "units": `;
  yield* emitJsonArray(units);
  yield ',\n  "edges": ';
  yield* emitJsonArray(edges);
  yield '\n}\n';
}

/** An array that is a field of the outermost object. */
function* emitJsonArray(records: Iterable<unknown>): Generator<string> {
  let separator = '[';
  for (const record of records) {
    // a line end in a text is escaped: those that are left are the layout's
    yield `${separator}\n    ${stableJson(record).trimEnd().replaceAll('\n', '\n    ')}`;
    separator = ',';
  }
  yield separator === '[' ? '[]' : '\n  ]';
}

/** Graphviz: hard edges are bold, soft ones plain; what the plan gives up is dashed. */
function* emitDot({ units, edges }: GraphRecords): Generator<string> {
  yield 'digraph debplan {\n  rankdir=LR;\n  node [shape=box];\n';
  for (const unit of units) yield `  ${quoteDot(unit.id)};\n`;
  for (const edge of edges) {
    yield `  ${quoteDot(edge.from)} -> ${quoteDot(edge.to)} [style=${edgeStyle(edge)}, tooltip=${quoteDot(edge.reason)}];\n`;
  }
  yield '}\n';
}

function edgeStyle(edge: GraphEdge): string {
  if (!(edge.isHonoured ?? !edge.isLater)) return 'dashed';
  return edge.strength === 'hard' ? 'bold' : 'solid';
}

/** RFC 4180 with `\n`: an edge a row, then each unit without edges with its id alone. */
function* emitCsv({ units, edges }: GraphRecords): Generator<string> {
  yield csvRow(['from', 'to', 'strength', 'reason', 'honoured']);
  const linked = new Set<string>();
  for (const edge of edges) {
    yield csvRow([edge.from, edge.to, edge.strength, edge.reason, honouredCell(edge)]);
    linked.add(edge.from).add(edge.to);
  }
  for (const unit of units) if (!linked.has(unit.id)) yield csvRow([unit.id, '', '', '', '']);
}

/** `yes` or `no`; nothing where no plan tells. */
function honouredCell({ isHonoured }: GraphEdge): string {
  return isHonoured === undefined ? '' : isHonoured ? 'yes' : 'no';
}
