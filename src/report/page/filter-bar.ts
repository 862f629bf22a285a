import { at } from '../../base/column.ts';
import {
  countValues,
  DIMENSION_NAMES,
  DIMENSIONS,
  type Dimension,
  type DimensionName,
} from './dimensions.ts';
import { countMatches, matchesOf, NO_FILTERS, toggleFilter } from './filters.ts';
import { makeButton, makeElement } from './make-element.ts';
import type { PageState, PageStore } from './page-state.ts';
import { paintOf } from './palette.ts';
import type { PlanView } from './plan-view.ts';
import { formatCount } from './words.ts';

/** More chips of one dimension than these unfold on request. */
const SHOWN = 8;

/** Chips that filter; those of the dimension that colours mean are the legend too. */
export function makeFilterBar(store: PageStore, views: readonly PlanView[]): HTMLElement {
  const bar = makeElement('div', { class: 'filters', role: 'group', 'aria-label': 'Filters' });
  const unfolded = new Set<DimensionName>();
  const render = (state: PageState): void => {
    const view = at(views, state.plan);
    const rows = DIMENSION_NAMES.flatMap((name) => {
      const row = makeRow(store, state, view, name, unfolded, () => {
        unfolded.add(name);
        render(store.state);
      });
      return row === undefined ? [] : [row];
    });
    const matches = countMatches(matchesOf(view.plan, state.filters));
    const clear = makeButton('Clear filters', { class: 'chip', id: 'clear-filters' }, () => {
      store.update({ filters: NO_FILTERS });
    });
    const told = makeElement(
      'span',
      { class: 'note', role: 'status', id: 'match-count' },
      `${formatCount(matches)} of ${formatCount(view.plan.tasks.count)} builds match`,
    );
    bar.replaceChildren(
      ...rows,
      ...(state.filters.size === 0 ? [] : [makeElement('div', { class: 'chips' }, told, clear)]),
    );
  };
  store.subscribe((state, previous) => {
    const isAlike =
      state.filters === previous.filters &&
      state.plan === previous.plan &&
      state.colourBy === previous.colourBy;
    if (state !== previous && isAlike) return;
    const focused = document.activeElement?.getAttribute('data-chip');
    render(state);
    if (focused !== undefined && focused !== null) {
      for (const chip of bar.querySelectorAll('button')) {
        if (chip.getAttribute('data-chip') === focused) chip.focus();
      }
    }
  });
  return bar;
}

function makeRow(
  store: PageStore,
  state: PageState,
  view: PlanView,
  name: DimensionName,
  unfolded: ReadonlySet<DimensionName>,
  unfold: () => void,
): HTMLElement | undefined {
  const dimension: Dimension = DIMENSIONS[name];
  const values = dimension.values(view.plan);
  const counts = countValues(view.plan, name);
  const order = values.map((_, index) => index).filter((index) => at(counts, index) > 0);
  const isColour = name === state.colourBy;
  // a single kind is worth a chip only where it explains the colour
  if (order.length < 2 && !isColour) return undefined;
  order.sort((a, b) => at(counts, b) - at(counts, a) || a - b);
  const shown = unfolded.has(name) ? order : order.slice(0, SHOWN);
  const chips = shown.map((index) =>
    makeChip(store, state, name, at(values, index), at(counts, index), isColour ? index : -1),
  );
  const hidden = order.length - shown.length;
  if (hidden > 0) chips.push(makeButton(`${formatCount(hidden)} more`, { class: 'chip' }, unfold));
  return makeElement(
    'div',
    { class: 'chips', role: 'group', 'aria-label': dimension.label },
    makeElement('span', { class: 'chips-label' }, dimension.label),
    ...chips,
  );
}

function makeChip(
  store: PageStore,
  state: PageState,
  name: DimensionName,
  value: string,
  amount: number,
  colour: number,
): HTMLButtonElement {
  const isChosen = state.filters.get(name)?.has(value) ?? false;
  const chip = makeButton(
    value,
    { class: 'chip', 'aria-pressed': String(isChosen), 'data-chip': `${name}=${value}` },
    () => {
      store.update({ filters: toggleFilter(store.state.filters, name, value) });
    },
  );
  if (colour >= 0) {
    const swatch = makeElement('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = paintOf(colour).fill;
    chip.prepend(swatch);
  }
  chip.append(makeElement('span', { class: 'note' }, formatCount(amount)));
  return chip;
}
