import { at } from '../../base/column.ts';
import { matchesOf } from './filters.ts';
import { makeButton, makeElement, makeSection } from './make-element.ts';
import type { PageState, PageStore } from './page-state.ts';
import type { PlanView } from './plan-view.ts';
import { isTaskColumnName, sortTasks, TASK_COLUMNS, type TaskColumn } from './task-columns.ts';
import { makeUnitLink } from './unit-panel.ts';
import { count, formatCount } from './words.ts';

/** As the style sheet has it. In pixels. */
const ROW_HEIGHT = 30;

/** Rows above and below what is seen, so that scrolling finds them ready. */
const MARGIN = 10;

/** More rows are not put on paper. */
const PRINTED = 1000;

/** The sortable table of all builds that match the filters; only rows in sight exist. */
export interface BuildsSection {
  readonly element: HTMLElement;
  /** Unfolds the table for paper, as far as that makes sense; folds it again. */
  readonly unfold: (isUnfolded: boolean) => void;
}

export function makeBuilds(store: PageStore, views: readonly PlanView[]): BuildsSection {
  const body = makeElement('tbody');
  const table = makeElement('table', { id: 'builds-table' }, makeHead(store), body);
  const scroll = makeElement(
    'div',
    { class: 'builds-scroll', tabindex: '0', role: 'region', 'aria-label': 'All builds' },
    table,
  );
  const told = makeElement('p', { class: 'note', role: 'status', id: 'builds-count' });
  let rows: Uint32Array = new Uint32Array();
  let isUnfolded = false;
  const show = (): void => {
    const view = at(views, store.state.plan);
    const first = Math.max(Math.floor(scroll.scrollTop / ROW_HEIGHT) - MARGIN, 0);
    const seen = Math.ceil((scroll.clientHeight || 480) / ROW_HEIGHT) + 2 * MARGIN;
    const from = isUnfolded ? 0 : Math.min(first, rows.length);
    const to = isUnfolded ? Math.min(rows.length, PRINTED) : Math.min(from + seen, rows.length);
    const shown = Array.from(rows.subarray(from, to), (task, index) =>
      makeRow(store, view, task, from + index),
    );
    body.replaceChildren(makeSpacer(from), ...shown, makeSpacer(isUnfolded ? 0 : rows.length - to));
  };
  store.subscribe((state, previous) => {
    if (state !== previous && isListedAlike(state, previous)) {
      markSelected(body, state.selected);
      return;
    }
    const view = at(views, state.plan);
    rows = sortTasks(view, matchesOf(view.plan, state.filters), state.sorting);
    table.setAttribute('aria-rowcount', String(rows.length + 1));
    told.textContent =
      rows.length === view.plan.tasks.count
        ? count(rows.length, 'build')
        : `${formatCount(rows.length)} of ${count(view.plan.tasks.count, 'build')}`;
    scroll.scrollTop = 0;
    show();
  });
  scroll.addEventListener('scroll', () => {
    requestAnimationFrame(show);
  });
  return {
    element: makeSection('builds', 'All builds', told, scroll),
    unfold: (unfolded) => {
      isUnfolded = unfolded;
      show();
    },
  };
}

function isListedAlike(state: PageState, previous: PageState): boolean {
  return (
    state.plan === previous.plan && state.filters === previous.filters && state.sorting === previous.sorting
  );
}

function makeHead(store: PageStore): HTMLElement {
  const cells = Object.entries(TASK_COLUMNS).map(([name, column]) => {
    const button = makeButton(column.label, { 'data-sort': name }, () => {
      const { sorting } = store.state;
      if (!isTaskColumnName(name)) return;
      const isDescending = sorting.by === name ? !sorting.isDescending : column.isNumber && name !== 'start';
      store.update({ sorting: { by: name, isDescending } });
    });
    const cell = makeElement('th', { scope: 'col', class: column.isNumber ? 'number' : '' }, button);
    store.subscribe(({ sorting }) => {
      const sort = sorting.by !== name ? 'none' : sorting.isDescending ? 'descending' : 'ascending';
      cell.setAttribute('aria-sort', sort);
    });
    return cell;
  });
  return makeElement('thead', {}, makeElement('tr', { 'aria-rowindex': '1' }, ...cells));
}

function makeRow(store: PageStore, view: PlanView, task: number, place: number): HTMLElement {
  const id = at(view.plan.tasks.ids, task);
  const cells = Object.values(TASK_COLUMNS).map((column: TaskColumn, index) => {
    if (index === 0) return makeElement('th', { scope: 'row' }, makeName(store, view, task));
    return makeElement('td', { class: column.isNumber ? 'number' : '' }, column.text(view, task));
  });
  const row = makeElement('tr', { 'aria-rowindex': String(place + 2), 'data-row': id }, ...cells);
  row.classList.toggle('selected', id === store.state.selected);
  row.addEventListener('click', () => {
    store.update({ selected: id });
  });
  return row;
}

function makeName(store: PageStore, view: PlanView, task: number): HTMLElement {
  const link = makeUnitLink(view, task, store);
  link.textContent = at(view.names, task);
  if (at(view.chainPlace, task) > 0) link.append(makeElement('span', { class: 'badge' }, 'critical'));
  return link;
}

/** Stands for the rows that don't exist. */
function makeSpacer(rows: number): HTMLElement {
  const spacer = makeElement('tr', { 'aria-hidden': 'true', class: 'spacer' });
  spacer.style.height = `${String(rows * ROW_HEIGHT)}px`;
  return spacer;
}

function markSelected(body: HTMLElement, selected: string): void {
  for (const row of body.querySelectorAll('tr')) {
    row.classList.toggle('selected', row.getAttribute('data-row') === selected && selected !== '');
  }
}
