import { groupBy } from '../base/group-by.ts';
import type { CyclesComponent, CyclesDocument } from '../cycles/document/cycles-document.ts';
import { breakLines } from './cycles/break-lines.ts';
import { cycleLines } from './cycles/cycle-lines.ts';
import { speakOf, type Speaker } from './cycles/speaker.ts';
import type { Style } from './style.ts';
import { count, wrap } from './summary/lines.ts';

/** How many names of a component's units stand in its head. */
const NAMES = 8;

/**
 * What waits for itself, as people read it: a paragraph a component with its short cycles, the relations that they are made
 * of, what opens them at which cost, and where nothing does, what would have to change. Components that differ in their
 * architecture alone share a paragraph.
 * @param paths of the inputs as the user would open them, by label
 */
export function formatCycles(
  document: CyclesDocument,
  paths: ReadonlyMap<string, string>,
  style: Style,
): string {
  const { components } = document;
  if (components.length === 0) return 'no cycles\n';
  const blocks = components.map((component, index) => {
    const speaker = speakOf(component, paths, style);
    const lines = [...cycleLines(component, speaker), ...breakLines(component, speaker)];
    return { component, number: String(index + 1), text: lines.join('\n'), title: title(component, speaker) };
  });
  const paragraphs = [...groupBy(blocks, (block) => `${block.title}\n${block.text}`).values()].map(
    (group) => {
      const [{ text, title: head }] = group;
      const architectures = group.map(({ component }) => component.architectures.join(' and '));
      const numbers = group.map(({ number }) => number).join(', ');
      const line = `${numbers}: ${head} on ${architectures.join(', ')}`;
      return [...wrap(line, '', Infinity).map(style.bold), text].join('\n');
    },
  );
  return `${[summary(components, style), ...paragraphs].join('\n\n')}\n`;
}

function summary(components: readonly CyclesComponent[], style: Style): string {
  const closed = components.filter(({ cost }) => cost === null).length;
  const breakCount = components.reduce(
    (sum, { breaks }) => sum + breaks.filter(({ strategy }) => strategy !== 'none').length,
    0,
  );
  const opened = components.length - closed;
  const parts = [
    ...(closed === 0 ? [] : [style.red(`${String(closed)} without a way out`)]),
    ...(opened === 0 ? [] : [`${String(opened)} opened by ${count(breakCount, 'break')}`]),
  ];
  return `${count(components.length, 'group')} of builds that wait for each other: ${parts.join(', ')}`;
}

/** `linux, systemd and 6 more: 8 builds, 24 waits, layer distro`. */
function title(component: CyclesComponent, { name }: Speaker): string {
  const { units, edgeCount, layer, buildType, cycles } = component;
  // those in the cycles first: they explain the others
  const inCycles = cycles.flatMap(({ edges }) => edges.map(({ from }) => from));
  const ordered = units.length > NAMES ? [...new Set([...inCycles, ...units])] : units;
  const more = units.length - NAMES;
  const shown = more > 0 ? [...ordered.slice(0, NAMES).map(name), `${String(more)} more`] : ordered.map(name);
  const parts = [
    count(units.length, 'build'),
    count(edgeCount, 'wait'),
    ...(layer === undefined ? [] : [`layer ${layer}`]),
    ...(buildType === undefined || buildType === 'std' ? [] : [`build type ${buildType}`]),
  ];
  return `${shown.join(', ')}: ${parts.join(', ')}`;
}
