import type { Emitter } from '../emitter.ts';
import { showControls } from '../visible-controls.ts';
import { makePlanGraph, type GraphNode } from '../plan-graph.ts';

/** The graph with its figures for Gephi, yEd, Cytoscape or NetworkX. */
export const graphml: Emitter = {
  describe: 'who waits for whom with all figures, for Gephi, yEd, Cytoscape, NetworkX',
  emit: (plan) => {
    const { nodes, needs, breaks } = makePlanGraph(plan);
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
      '  <!-- an edge leads from a build to what it waits for; waited=false: to what it does not wait for -->',
      ...NODE_KEYS.map(([name, type]) => key('node', name, type)),
      ...EDGE_KEYS.map(([name, type]) => key('edge', name, type)),
      '  <graph id="plan" edgedefault="directed">',
      ...nodes.map((node, index) => nodeElement(node, index)),
      ...needs.map(({ from, to }) => edgeElement(from, to, ['true', '', ''])),
      ...breaks.map(({ from, to, about }) => edgeElement(from, to, ['false', about.kind, about.reason])),
      '  </graph>',
      '</graphml>',
    ];
    return [{ path: 'graph.graphml', content: `${lines.join('\n')}\n`, isExecutable: false }];
  },
};

type KeyType = 'string' | 'long' | 'int' | 'boolean';

const NODE_KEYS: readonly (readonly [string, KeyType, (node: GraphNode) => string | number | boolean])[] = [
  ['label', 'string', ({ label }) => label],
  ['id', 'string', ({ build }) => build.task.id],
  ['source', 'string', ({ build }) => build.task.source],
  ['version', 'string', ({ build }) => build.task.version],
  ['arch', 'string', ({ build }) => build.target.arch],
  ['kind', 'string', ({ build }) => build.target.kind],
  ['stage', 'string', ({ build }) => build.task.stage],
  ['layer', 'string', ({ build }) => build.task.layer ?? ''],
  ['buildType', 'string', ({ build }) => build.task.buildType ?? ''],
  ['builder', 'string', ({ build }) => build.task.builder],
  ['slot', 'int', ({ build }) => build.task.slot],
  ['mode', 'string', ({ build }) => build.task.mode],
  ['startMs', 'long', ({ build }) => build.task.startMs],
  ['durationMs', 'long', ({ build }) => build.task.durationMs],
  ['ramDiskBytes', 'long', ({ build }) => build.task.ramDiskBytes],
  ['priority', 'long', ({ build }) => build.task.priority],
  ['critical', 'boolean', ({ build }) => build.task.critical],
];

const EDGE_KEYS: readonly (readonly [string, KeyType])[] = [
  ['waited', 'boolean'],
  ['breakKind', 'string'],
  ['reason', 'string'],
];

/** Node and edge may have keys of one name, ids may not. */
function key(owner: 'node' | 'edge', name: string, type: KeyType): string {
  return `  <key id="${owner}-${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>`;
}

function nodeElement(node: GraphNode, index: number): string {
  const cells = NODE_KEYS.map(([name, , valueOf]) => datum('node', name, String(valueOf(node))));
  return `    <node id="n${String(index)}">${cells.join('')}</node>`;
}

function edgeElement(from: number, to: number, values: readonly string[]): string {
  const cells = EDGE_KEYS.map(([name], index) => datum('edge', name, values[index] ?? ''));
  return `    <edge source="n${String(from)}" target="n${String(to)}">${cells.join('')}</edge>`;
}

function datum(owner: 'node' | 'edge', name: string, value: string): string {
  return value === '' ? '' : `<data key="${owner}-${name}">${xmlText(value)}</data>`;
}

/** XML has no way to write most control characters; a carriage return it would read as a line end. */
function xmlText(text: string): string {
  return showControls(text, '\t\n\r')
    .replaceAll(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
