import { formatDuration } from '../../base/quantity.ts';
import type { ReportPlan } from '../report-data.ts';
import { makeElement, makeSection, type Child } from './make-element.ts';
import { count, formatCount, formatOf, formatShare, gapOf } from './words.ts';

/** The first screen: how long, and why. */
export function makeSummary(plan: ReportPlan): HTMLElement {
  const section = makeSection(
    'summary',
    'Summary',
    makeHeadline(plan),
    makeArchitectures(plan),
    makeBuilders(plan),
    makeTiles(plan),
  );
  section.querySelector('h2')?.classList.add('hidden-text');
  return section;
}

function makeHeadline(plan: ReportPlan): HTMLElement {
  const { makespanMs, lowerBoundMs } = plan;
  const bar = makeElement('div', { class: 'bound-bar', 'aria-hidden': 'true' });
  const proven = makeElement('div', { class: 'bound-proven' });
  proven.style.width = `${String(Math.min((lowerBoundMs / Math.max(makespanMs, 1)) * 100, 100))}%`;
  bar.append(proven);
  return makeElement(
    'div',
    { class: 'card headline' },
    makeElement('p', { class: 'makespan', id: 'makespan' }, formatDuration(makespanMs)),
    makeElement(
      'p',
      { class: 'headline-what' },
      `${count(plan.tasks.count, 'build')} on ${count(plan.builders.length, 'builder')}`,
    ),
    bar,
    makeElement('p', { class: 'bound', id: 'bound' }, ...boundWords(plan)),
    makeElement(
      'p',
      { class: 'binding', id: 'binding' },
      makeElement('span', { class: 'label' }, plan.ranPlan === null ? 'What binds' : 'The longest'),
      plan.binding,
    ),
  );
}

/** How far the plan is from the best; or what a run's longest chain of builds took. */
function boundWords({ ranPlan, makespanMs, lowerBoundMs }: ReportPlan): readonly Child[] {
  const gap = gapOf(makespanMs, lowerBoundMs);
  if (ranPlan !== null) {
    const longer = gap === 0 ? 'nothing took longer' : `the whole took ${formatShare(gap)} longer`;
    const chain = `What took place when ${ranPlan} was run. Its longest chain of builds took ${formatDuration(lowerBoundMs)}: `;
    return [chain, makeElement('strong', {}, longer)];
  }
  const distance =
    gap < 0.0005 ? 'less than 0.1 % above optimal' : `at most ${formatShare(gap)} above optimal`;
  return [
    `No plan is shorter than ${formatDuration(lowerBoundMs)}: `,
    makeElement('strong', {}, gap === 0 ? 'this one is optimal' : distance),
  ];
}

function makeArchitectures(plan: ReportPlan): HTMLElement {
  const heads = ['', 'Builds', 'Makespan', 'Bound', 'Gap', 'RAM peak', 'Left out'];
  const rows = plan.architectures.map((row) => [
    row.arch,
    formatCount(row.taskCount),
    formatDuration(row.makespanMs),
    formatDuration(row.lowerBoundMs),
    formatShare(gapOf(row.makespanMs, row.lowerBoundMs)),
    row.ramDiskBytes === 0
      ? '–'
      : makeMeter(
          row.ramDiskPeakBytes / row.ramDiskBytes,
          formatOf(row.ramDiskPeakBytes, row.ramDiskBytes),
          'ram',
        ),
    formatCount(row.unbuildableCount + row.notForArchCount),
  ]);
  return makeElement(
    'div',
    { class: 'card' },
    makeElement('h3', {}, 'Architectures'),
    makeElement('div', { class: 'scroll-x' }, makeTable('architectures', heads, rows)),
  );
}

function makeBuilders(plan: ReportPlan): HTMLElement {
  const rows = plan.builders.map((builder) => {
    const busy = builder.busyMs / Math.max(builder.slots * plan.makespanMs, 1);
    const ram = builder.ramDiskPeakBytes / Math.max(builder.ramDiskBytes, 1);
    return [
      builder.name,
      builder.arch,
      String(builder.slots),
      makeMeter(busy, formatShare(busy), 'slots'),
      builder.ramDiskBytes === 0
        ? '–'
        : makeMeter(ram, formatOf(builder.ramDiskPeakBytes, builder.ramDiskBytes), 'ram'),
    ];
  });
  return makeElement(
    'div',
    { class: 'card' },
    makeElement('h3', {}, 'Builders'),
    makeElement(
      'div',
      { class: 'scroll-x tall' },
      makeTable('builders', ['', 'Arch', 'Slots', 'Busy', 'RAM disk at peak'], rows),
    ),
  );
}

/** A share in words over a bar. */
function makeMeter(share: number, text: string, kind: 'ram' | 'slots'): HTMLElement {
  const fill = makeElement('span', { class: `meter-fill ${kind}` });
  fill.style.width = `${String(Math.min(share * 100, 100))}%`;
  return makeElement(
    'span',
    { class: 'meter' },
    makeElement('span', {}, text),
    makeElement('span', { class: 'meter-track', 'aria-hidden': 'true' }, fill),
  );
}

/** A plain table; the first cell of a row is its heading. */
export function makeTable(
  id: string,
  heads: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLTableElement {
  const head = makeElement('tr', {}, ...heads.map((text) => makeElement('th', { scope: 'col' }, text)));
  const body = rows.map((cells) =>
    makeElement(
      'tr',
      {},
      ...cells.map((cell, index) =>
        index === 0 ? makeElement('th', { scope: 'row' }, cell) : makeElement('td', {}, cell),
      ),
    ),
  );
  return makeElement('table', { id }, makeElement('thead', {}, head), makeElement('tbody', {}, ...body));
}

function makeTiles(plan: ReportPlan): HTMLElement {
  const { tasks } = plan;
  const onDisk = tasks.isInRam.reduce((sum, isInRam) => sum + (isInRam === 1 ? 0 : 1), 0);
  const leftOut = plan.unbuildable.length;
  const tiles: readonly (readonly [string, string, string])[] = [
    [formatCount(plan.criticalChain.length), 'on the critical chain', '#chain'],
    [formatCount(onDisk), 'built on disk', '#large'],
    [formatCount(plan.breaks.length), 'edges not waited for', '#breaks'],
    [formatCount(leftOut), 'left out', '#left-out'],
  ];
  return makeElement(
    'div',
    { class: 'tiles' },
    ...tiles.map(([number, label, href]) =>
      makeElement(
        'a',
        { class: 'tile', href, 'data-jump': '' },
        makeElement('span', { class: 'tile-number' }, number),
        makeElement('span', {}, label),
      ),
    ),
  );
}
