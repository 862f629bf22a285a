import { BREAK_KINDS, groupBreaks } from './break-groups.ts';
import { makeButton, makeElement, makeSection, type Child } from './make-element.ts';
import type { PageStore } from './page-state.ts';
import { fullName, type PlanView } from './plan-view.ts';
import { makeUnitLink } from './unit-panel.ts';
import { count, formatCount } from './words.ts';

/** Units of one kind that are listed at first. */
const SHOWN = 40;

/** The edges that the plan doesn't honour: how cycles are opened, and what lies in later layers. */
export function makeBreaksSection(view: PlanView, store: PageStore): HTMLElement {
  const name = (unit: string): Child => {
    const task = view.taskById.get(unit);
    return task === undefined ? unit : makeUnitLink(view, task, store);
  };
  const groups = groupBreaks(view.plan.breaks).map(({ kind, count: edges, units }) => {
    const item = ({ from, breaks }: (typeof units)[number]): HTMLElement => {
      const lines = breaks.map(({ to, reason, servedBy, profile, standIn }) => {
        const served = [servedBy, profile === undefined ? undefined : `profile ${profile}`, standIn]
          .filter((text) => text !== undefined)
          .join(', ');
        return makeElement(
          'li',
          {},
          name(to),
          makeElement('span', { class: 'note' }, served),
          makeElement('div', { class: 'note reason' }, reason),
        );
      });
      const stale = breaks.some((entry) => entry.stale !== undefined)
        ? [makeElement('span', { class: 'badge' }, 'older version than planned')]
        : [];
      return makeElement(
        'li',
        {},
        name(from),
        ' does not wait for',
        ...stale,
        makeElement('ul', {}, ...lines),
      );
    };
    return makeFolded(
      BREAK_KINDS[kind],
      count(edges, 'edge'),
      units.map((unit) => () => item(unit)),
    );
  });
  const what =
    groups.length === 0
      ? 'Every dependency is honoured: there were no cycles to open.'
      : `${count(view.plan.breaks.length, 'dependency', 'dependencies')} that would close a cycle or lead to a later layer, and what serves instead.`;
  return makeSection(
    'breaks',
    'Cycles, and how they are opened',
    makeElement('p', { class: 'lead' }, what),
    ...groups,
  );
}

/** A group that unfolds, with its first entries; the rest on request. */
export function makeFolded(
  title: string,
  note: string,
  items: readonly (() => HTMLElement)[],
): HTMLDetailsElement {
  const list = makeElement('ul', { class: 'entries' });
  const details = makeElement(
    'details',
    { class: 'group' },
    makeElement('summary', {}, title, makeElement('span', { class: 'note' }, note)),
    list,
  );
  const fill = (limit: number): void => {
    list.replaceChildren(...items.slice(0, limit).map((make) => make()));
    const rest = items.length - limit;
    if (rest > 0) {
      const more = makeButton(`${formatCount(rest)} more`, { class: 'more' }, () => {
        fill(limit * 10);
      });
      list.append(makeElement('li', {}, more));
    }
  };
  // what nobody unfolds costs nothing
  details.addEventListener('toggle', () => {
    if (details.open && list.childElementCount === 0) fill(SHOWN);
  });
  return details;
}

/** `fullName`, or the id where the plan has no such task. */
export function nameUnit(view: PlanView, unit: string): string {
  const task = view.taskById.get(unit);
  return task === undefined ? unit : fullName(view, task);
}
