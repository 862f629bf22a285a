import type { CyclesComponent, CyclesEdge } from '../../cycles/document/cycles-document.ts';
import { count, wrap } from '../summary/lines.ts';
import { textTable } from '../text-table.ts';
import { withoutArchitectures, type Speaker } from './speaker.ts';

/** The cycles of a component, a line each, then the waits that they are made of, each once. */
export function cycleLines(component: CyclesComponent, speaker: Speaker): readonly string[] {
  const { cycles } = component;
  const { name, style } = speaker;
  const lines = cycles.flatMap(({ isHard, edges }) => {
    const ring = [...edges.map(({ from }) => name(from)), name(edges[0]?.from ?? '')].join(' → ');
    return wrap(isHard ? `${ring}, ${style.red('hard')}` : ring, '    ', Infinity);
  });
  return [`  ${countCycles(component)}`, ...lines, '  because', ...waitLines(component, speaker)];
}

/** How many there are, and what is not shown. */
function countCycles({ cycles, leftOut }: CyclesComponent): string {
  const all = count(cycles.length + leftOut.cycles, 'cycle');
  if (leftOut.cycles === 0) return cycles.length === 1 ? 'cycle' : all;
  const ofAll = leftOut.isExact ? all : `at least ${all}`;
  const shown = leftOut.isExact ? leftOut.countOfLength.slice(0, 3) : leftOut.countOfLength;
  const counted = shown.map(({ length, count: own }) => `${String(own)} of length ${String(length)}`);
  const more = shown.length < leftOut.countOfLength.length ? ', …' : '';
  const shorts = counted.length === 0 ? '' : ` (${counted.join(', ')}${more})`;
  const units =
    leftOut.units === 1
      ? '; 1 build is on none of them'
      : `; ${String(leftOut.units)} builds are on none of them`;
  return `${String(cycles.length)} of ${ofAll}${shorts}${leftOut.units === 0 ? '' : units}`;
}

/** Every edge of the cycles: who waits for whom, by which relation in which line, and what leads on from there. */
function waitLines({ cycles }: CyclesComponent, speaker: Speaker): readonly string[] {
  const { name, place } = speaker;
  const edges = new Map(
    cycles.flatMap((cycle) => cycle.edges.map((edge) => [`${edge.from} ${edge.to}`, edge])),
  );
  const sorted = [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
  const heads = textTable(
    sorted.map(({ from, to }) => [`${name(from)} → ${name(to)}`, '']),
    [],
  );
  const width = Math.max(...heads.map(({ length }) => length));
  return sorted.flatMap((edge, index) => [
    `    ${(heads[index] ?? '').padEnd(width)}  ${edge.field}: ${withoutArchitectures(edge.relation)}${place(edge.location)}`,
    ...chainLines(edge, speaker),
  ]);
}

/** The run-time relations on the way, if there are any: of a hard edge each with its place, else the binaries alone. */
function chainLines({ chain, strength }: CyclesEdge, { place, style }: Speaker): readonly string[] {
  if (chain.length === 1) return [];
  if (strength === 'soft') {
    return wrap(`→ ${chain.map(({ binary }) => binary).join(' → ')}`, '        ', Infinity).map(style.dim);
  }
  return chain.slice(1).map((link, index) => {
    const asker = chain[index]?.binary ?? '';
    const standIn = link.isStandIn === true ? ', of the binary that exists' : '';
    return `        ${asker} ${link.field ?? 'Depends'}: ${withoutArchitectures(link.relation)}${standIn}${place(link.location)}`;
  });
}
