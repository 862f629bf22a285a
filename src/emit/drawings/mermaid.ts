import { at } from '../../base/column.ts';
import { buildCsr, EdgeList, row } from '../../base/csr.ts';
import { formatDuration } from '../../base/quantity.ts';
import { transitiveReduction } from '../../graph/transitive-reduction.ts';
import type { Emitter } from '../emitter.ts';
import { showControls } from '../visible-controls.ts';
import { longestChainsFirst } from './longest-chains.ts';
import { makePlanGraph, type PlanGraph } from '../plan-graph.ts';

/** What Mermaid draws at most, unless the page that shows it was set up otherwise: no diagram can ask for more. */
export const MERMAID_LIMITS = { edges: 500, characters: 50_000 } as const;

/** No more builds than this fit into so many characters. */
const MOST_NODES = 2000;

/** Who waits for whom, for Markdown and wikis; of a large plan the builds on the longest chains, as many as Mermaid draws. */
export const mermaid: Emitter = {
  describe: 'who waits for whom, for Markdown; of a large plan the longest chains, as many as Mermaid draws',
  emit: (plan) => {
    const graph = makePlanGraph(plan);
    return [{ path: 'graph.mmd', content: drawWhatFits(graph), isExecutable: false }];
  },
};

/** Of the builds on the longest chains as many as fit: each one more makes the text longer, and nearly always adds an edge. */
function drawWhatFits(graph: PlanGraph): string {
  const order = longestChainsFirst(graph);
  let content = draw(graph, []).join('');
  let fits = 0;
  let tooMany = Math.min(order.length, MOST_NODES) + 1;
  let tried = tooMany - 1;
  while (tooMany - fits > 1) {
    const lines = draw(graph, order.slice(0, tried));
    const text = lines.join('');
    const isFit =
      text.length <= MERMAID_LIMITS.characters && lines.filter(isEdge).length <= MERMAID_LIMITS.edges;
    if (isFit) [fits, content] = [tried, text];
    else tooMany = tried;
    tried = Math.floor((fits + tooMany) / 2);
  }
  return content;
}

function isEdge(line: string): boolean {
  return / (?:-->|-\.->) t\d+\n$/.test(line);
}

/** The lines of a diagram. @param chosen the nodes that are drawn */
function draw(graph: PlanGraph, chosen: readonly number[]): readonly string[] {
  const shown = [...chosen].sort((a, b) => a - b);
  const left = graph.nodes.length - shown.length;
  const waits = reducedWaits(graph, shown);
  const isDirect = (from: number, to: number): boolean => row(graph.dag.needs, from).includes(to);
  const critical = shown.filter((index) => at(graph.nodes, index).build.task.critical);
  return [
    'flowchart RL',
    '%% an arrow leads from a build to what it waits for',
    ...(left === 0
      ? []
      : [
          '%% a dotted one leads there by way of builds that are not shown',

          `%% ${String(left)} of ${String(graph.nodes.length)} builds are not shown: these are on the longest chains`,
        ]),
    ...shown.map((index) => node(graph, index)),
    ...(left === 0 ? [] : [`  more["${String(left)} more builds are not shown"]:::more`]),
    ...waits.map(([from, to]) => `  t${String(from)} ${isDirect(from, to) ? '-->' : '-.->'} t${String(to)}`),
    ...(critical.length === 0
      ? []
      : [`  class ${critical.map((index) => `t${String(index)}`).join(',')} critical`]),
    '  classDef critical stroke:#c00,stroke-width:3px',
    '  classDef more stroke-dasharray:4,fill:none',
  ].map((line) => `${line}\n`);
}

function node({ nodes }: PlanGraph, index: number): string {
  const { label, build } = at(nodes, index);
  return `  t${String(index)}["${escapeLabel(label)}<br>${formatDuration(build.task.durationMs)}"]`;
}

/**
 * Who of the shown waits for whom of them, also by way of others; without what the rest implies.
 * @param shown ascending, so needs first
 */
function reducedWaits(
  { nodes, dag }: PlanGraph,
  shown: readonly number[],
): readonly (readonly [number, number])[] {
  const placeOf = new Map(shown.map((index, place) => [index, place]));
  const nearest: (readonly number[])[] = nodes.map(() => []);
  const edges = new EdgeList();
  for (const index of dag.order) {
    const near = new Set<number>();
    for (const need of row(dag.needs, index)) {
      if (placeOf.has(need)) near.add(need);
      else for (const further of at(nearest, need)) near.add(further);
    }
    const place = placeOf.get(index);
    nearest[index] = [...near];
    if (place === undefined) continue;
    for (const need of [...near].sort((a, b) => a - b)) edges.push(place, placeOf.get(need) ?? 0);
  }
  const reduced = transitiveReduction(buildCsr(shown.length, edges));
  if (reduced === undefined) throw new Error('BUG: builds wait for each other');
  return shown.flatMap((from, place) =>
    Array.from(row(reduced, place), (need) => [from, at(shown, need)] as const),
  );
}

/**
 * Every letter that Markdown, HTML or Mermaid could take for more as its number. Of backslashes, which it takes for line ends
 * before an n, what looks like one. Mermaid 10, 11.17 and 12 show such labels as they are; 11.9 reads Markdown in them.
 * @see https://mermaid.js.org/syntax/flowchart.html, entity codes
 */
function escapeLabel(text: string): string {
  const shown = showControls(text)
    .replaceAll('\\', '\u29f5')
    .replaceAll(/[\u0080-\u009f]/g, '\ufffd');
  return shown.replaceAll(/[^A-Za-z0-9/.-]|^[-0-9]/gu, (found) => `#${String(found.codePointAt(0))};`);
}
