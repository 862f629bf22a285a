import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { Emitter } from '../emitter.ts';
import { quoteDot } from '../quote-dot.ts';
import { taskSlugs } from '../task-slugs.ts';
import { showControls } from '../visible-controls.ts';
import { makePlanGraph, type GraphBreak, type GraphNode } from '../plan-graph.ts';

/** Who waits for whom, for Graphviz; without the edges that others imply, which make a picture of a plan black. */
export const dot: Emitter = {
  describe: 'who waits for whom, for Graphviz: dot -Tsvg; without edges that others imply',
  emit: (plan) => {
    const graph = makePlanGraph(plan);
    const slugs = taskSlugs(plan);
    const names = graph.nodes.map(({ build }) => quoteDot(slugs.get(build.task.id) ?? ''));
    const colourOf = fillColours(graph.nodes);
    const edge = (from: number, to: number): string => `  ${at(names, from)} -> ${at(names, to)}`;
    const isCritical = (index: number): boolean => at(graph.nodes, index).build.task.critical;
    const lines = [
      'digraph debplan {',
      '  rankdir=RL;',
      `  label=${dotText(LEGEND)};`,
      '  fontname="sans-serif";',
      '  node [shape=box, style=filled, fontname="sans-serif"];',
      ...graph.nodes.map((node, index) => `  ${at(names, index)} ${attributes(node, colourOf)};`),
      ...graph.needs.map(
        ({ from, to }) => `${edge(from, to)}${isCritical(from) && isCritical(to) ? CRITICAL_EDGE : ''};`,
      ),
      ...graph.breaks.map((broken) => `${edge(broken.from, broken.to)} ${breakAttributes(broken)};`),
      '}',
    ];
    return [{ path: 'graph.dot', content: `${lines.join('\n')}\n`, isExecutable: false }];
  },
};

const CRITICAL_EDGE = ' [color=red, penwidth=2]';

const LEGEND =
  'An arrow leads from a build to what it waits for; a dashed one: to what it does not wait for. Red: the critical chain. Dashed boxes: built on disk.';

/** Light ones, on which black can be read; more architectures begin anew. */
const FILLS = ['#dbe9f6', '#e3f1da', '#fbe9d0', '#eadff0'] as const;

function fillColours(nodes: readonly GraphNode[]): ReadonlyMap<string, string> {
  const architectures = [...new Set(nodes.map(({ arch }) => arch))].sort(compareText);
  return new Map(architectures.map((arch, index) => [arch, at(FILLS, index % FILLS.length)]));
}

function attributes({ build, label, arch }: GraphNode, colourOf: ReadonlyMap<string, string>): string {
  const { task } = build;
  const where = `${task.builder} ${task.mode}, ${formatBytes(task.ramDiskBytes)}`;
  const when = `${formatDuration(task.startMs)} + ${formatDuration(task.durationMs)}`;
  const cells = [
    `label=${dotText(`${label}\n${formatDuration(task.durationMs)}`)}`,
    `tooltip=${dotTooltip(`${task.id}\n${where}, ${when}`)}`,
    `fillcolor=${quoteDot(colourOf.get(arch) ?? 'white')}`,
    ...(task.mode === 'disk' ? ['style="filled,dashed"'] : []),
    ...(task.critical ? ['color=red', 'penwidth=2'] : []),
  ];
  return `[${cells.join(', ')}]`;
}

function breakAttributes({ about }: GraphBreak): string {
  return `[style=dashed, constraint=false, tooltip=${dotTooltip(`${about.kind}: ${about.reason}`)}]`;
}

/** A text to be shown: beside its escapes Graphviz knows HTML's, and hands controls on to formats that can't have them. */
function dotText(text: string): string {
  return quoteDot(showControls(text, '\n').replaceAll('&', '&amp;'));
}

/** Tooltips are unescaped twice by some versions, 2.43 for one, and once by others: so no backslash, but what looks like it. */
function dotTooltip(text: string): string {
  return dotText(text.replaceAll('\\', '\u29f5'));
}
