import { groupBy } from '../../base/group-by.ts';
import { makeFolded } from './breaks-section.ts';
import { groupLeftOut, LEFT_OUT_KINDS, type LeftOutCause } from './left-out-groups.ts';
import { makeElement, makeSection } from './make-element.ts';
import type { PlanView } from './plan-view.ts';
import { count } from './words.ts';

/** What the plan leaves out, by cause. */
export function makeLeftOut(view: PlanView): HTMLElement {
  const { unbuildable } = view.plan;
  const groups = groupLeftOut(unbuildable).map(({ kind, count: amount, causes }) => {
    const group = makeFolded(
      LEFT_OUT_KINDS[kind],
      count(amount, kind === 'not-for-arch' ? 'source' : 'build'),
      causes.map((cause) => () => makeCause(cause)),
    );
    group.open = kind !== 'not-for-arch' && causes.length <= 12;
    return group;
  });
  const what =
    groups.length === 0
      ? 'Nothing is left out.'
      : `${count(unbuildable.length, 'build')} that the plan does without, and what they lack.`;
  return makeSection('left-out', 'Left out', makeElement('p', { class: 'lead' }, what), ...groups);
}

function makeCause({ reason, entries }: LeftOutCause): HTMLElement {
  const byArch = groupBy(entries, ({ arch }) => arch);
  const names = [...byArch].map(([arch, own]) =>
    makeElement(
      'div',
      {},
      makeElement('span', { class: 'badge' }, arch),
      own.map(({ source }) => source).join(', '),
    ),
  );
  const [first] = entries;
  const place = first?.location;
  const where =
    place === undefined ? [] : [makeElement('div', { class: 'note' }, `${place.file}:${String(place.line)}`)];
  return makeElement(
    'li',
    { 'data-sources': [...new Set(entries.map(({ source }) => source))].join(' ') },
    makeElement('div', { class: 'reason' }, reason),
    ...names,
    ...(entries.length === 1 ? where : []),
  );
}

/** Unfolds what a source is left out for, and brings it into sight. */
export function revealLeftOut(source: string): void {
  const section = document.getElementById('left-out');
  if (section === null) return;
  for (const details of section.querySelectorAll('details')) details.open = true;
  // lists fill when they are told of being open, which is later
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      const item = [...section.querySelectorAll('[data-sources]')].find((entry) =>
        entry.getAttribute('data-sources')?.split(' ').includes(source),
      );
      (item ?? section).scrollIntoView({ block: 'center' });
      item?.classList.add('flash');
    });
  });
}
