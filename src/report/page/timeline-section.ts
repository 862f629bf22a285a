import { DIMENSION_NAMES, DIMENSIONS, isDimensionName } from './dimensions.ts';
import { makeFilterBar } from './filter-bar.ts';
import { GanttView } from './gantt/gantt-view.ts';
import { makeButton, makeElement, makeSection } from './make-element.ts';
import type { PageStore } from './page-state.ts';
import type { PlanView } from './plan-view.ts';

/** The Gantt with what steers it. */
export interface TimelineSection {
  readonly element: HTMLElement;
  readonly gantt: GanttView;
}

/** @param say tells a screen reader */
export function makeTimeline(
  store: PageStore,
  views: readonly PlanView[],
  say: (text: string) => void,
): TimelineSection {
  const gantt = new GanttView(store, views, say);
  const tools = makeElement(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Timeline' },
    makeColours(store),
    ...(views.length > 1 ? [makeStacking(store)] : []),
    makeZoom(store, gantt),
  );
  const hint = makeElement(
    'p',
    { class: 'hint screen-only' },
    'Ctrl + wheel or pinch zooms, dragging pans, a click opens a build. Keys: arrows, Enter, + − 0, [ and ] along the critical chain, / to search.',
  );
  const element = makeSection(
    'timeline',
    'Timeline',
    tools,
    makeFilterBar(store, views),
    makeSymbols(),
    gantt.element,
    hint,
  );
  return { element, gantt };
}

function makeColours(store: PageStore): HTMLElement {
  const select = makeElement(
    'select',
    { id: 'colour-by' },
    ...DIMENSION_NAMES.map((name) => makeElement('option', { value: name }, DIMENSIONS[name].label)),
  );
  select.addEventListener('change', () => {
    if (isDimensionName(select.value)) store.update({ colourBy: select.value });
  });
  store.subscribe(({ colourBy }) => {
    select.value = colourBy;
  });
  return makeElement('label', {}, 'Colour by ', select);
}

function makeStacking(store: PageStore): HTMLElement {
  const choose = (isStacked: boolean): (() => void) => {
    return () => {
      store.update({ isStacked, view: null });
    };
  };
  const all = makeButton('All plans', { id: 'plans-all' }, choose(true));
  const one = makeButton('One', { id: 'plans-one' }, choose(false));
  store.subscribe(({ isStacked }) => {
    all.setAttribute('aria-pressed', String(isStacked));
    one.setAttribute('aria-pressed', String(!isStacked));
  });
  return makeElement('div', { class: 'segmented', role: 'group', 'aria-label': 'Plans drawn' }, all, one);
}

function makeZoom(store: PageStore, gantt: GanttView): HTMLElement {
  return makeElement(
    'div',
    { class: 'segmented', role: 'group', 'aria-label': 'Zoom' },
    makeButton('−', { id: 'zoom-out', 'aria-label': 'Zoom out' }, () => {
      gantt.zoom(1 / 1.6);
    }),
    makeButton('All', { id: 'zoom-all', 'aria-label': 'Show the whole plan' }, () => {
      store.update({ view: null });
    }),
    makeButton('+', { id: 'zoom-in', 'aria-label': 'Zoom in' }, () => {
      gantt.zoom(1.6);
    }),
  );
}

/** What the drawing means besides its colours. */
function makeSymbols(): HTMLElement {
  const symbols: readonly (readonly [string, string])[] = [
    ['symbol-ram', 'in RAM'],
    ['symbol-disk', 'on disk'],
    ['symbol-chain', 'critical chain'],
    ['symbol-need', 'needs'],
    ['symbol-waiting', 'waits for it'],
  ];
  return makeElement(
    'ul',
    { class: 'symbols', 'aria-label': 'Symbols' },
    ...symbols.map(([symbol, word]) =>
      makeElement('li', {}, makeElement('span', { class: `symbol ${symbol}`, 'aria-hidden': 'true' }), word),
    ),
  );
}
