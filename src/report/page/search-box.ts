import { at } from '../../base/column.ts';
import { makeElement } from './make-element.ts';
import type { PageStore } from './page-state.ts';
import { fullName, type PlanView } from './plan-view.ts';
import { indexTasks, searchTasks, type SearchIndex } from './search-tasks.ts';
import { count, formatTime } from './words.ts';

const SHOWN = 12;

/** A hit of the list: what it says and what it does. */
interface Hit {
  readonly name: string;
  readonly note: string;
  readonly go: () => void;
}

/** Where hits lead. */
export interface SearchWays {
  /** Selects a build of the plan that is told about and brings the reader to it. */
  readonly showTask: (task: number) => void;
  /** Brings the reader to a source that is left out. */
  readonly showLeftOut: (source: string) => void;
}

interface Found {
  readonly hits: readonly Hit[];
  /** What is said below them. */
  readonly told: string;
}

/**
 * The search field with its list: `/` goes there, arrows and Enter choose. Builds that the plan leaves out are found too and
 * lead to why.
 */
export function makeSearchBox(store: PageStore, views: readonly PlanView[], ways: SearchWays): HTMLElement {
  const indexes = new Map<PlanView, SearchIndex>();
  const list = new HitList((query) => {
    const view = at(views, store.state.plan);
    const index = indexes.get(view) ?? indexTasks(view);
    indexes.set(view, index);
    return findHits(view, index, query, ways);
  });
  focusOnSlash(list.input);
  return makeElement('div', { class: 'search', role: 'search' }, list.input, list.element);
}

/** A text field with a list below it, of which one entry is active. */
class HitList {
  readonly input = makeElement('input', {
    ...{ id: 'search', type: 'search', role: 'combobox', placeholder: 'Search builds  ( / )' },
    ...{ 'aria-label': 'Search builds', 'aria-expanded': 'false', 'aria-controls': 'search-hits' },
    ...{ 'aria-autocomplete': 'list', autocomplete: 'off', spellcheck: 'false' },
  });
  readonly element = makeElement('div', { id: 'search-hits', role: 'listbox', 'aria-label': 'Builds found' });
  readonly #find: (query: string) => Found;
  #hits: readonly Hit[] = [];
  #active = 0;

  constructor(find: (query: string) => Found) {
    this.#find = find;
    this.element.hidden = true;
    const look = (): void => {
      this.#look();
    };
    this.input.addEventListener('input', look);
    this.input.addEventListener('focus', look);
    this.input.addEventListener('blur', () => {
      this.#close();
    });
    this.input.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  #look(): void {
    const { hits, told } = this.#find(this.input.value);
    this.#hits = hits;
    this.#active = 0;
    const options = hits.map((hit, place) =>
      makeHit(hit, place, () => {
        this.#choose(place);
      }),
    );
    this.element.replaceChildren(...options, makeElement('p', { class: 'note', role: 'status' }, told));
    this.element.hidden = this.input.value.trim() === '';
    this.input.setAttribute('aria-expanded', String(!this.element.hidden));
    this.#mark();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#choose(this.#active);
    else if (event.key === 'Escape') {
      this.input.value = '';
      this.#close();
    } else if (event.key === 'ArrowDown') this.#active = Math.min(this.#active + 1, this.#hits.length - 1);
    else if (event.key === 'ArrowUp') this.#active = Math.max(this.#active - 1, 0);
    else return;
    event.preventDefault();
    if (!this.element.hidden) this.#mark();
  }

  #choose(place: number): void {
    // first: it may cover what is gone to
    this.#close();
    this.#hits[place]?.go();
  }

  #mark(): void {
    this.element.querySelectorAll('[role=option]').forEach((option, place) => {
      option.setAttribute('aria-selected', String(place === this.#active));
      if (place === this.#active) option.scrollIntoView({ block: 'nearest' });
    });
    if (this.#hits.length > 0)
      this.input.setAttribute('aria-activedescendant', `hit-${String(this.#active)}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  #close(): void {
    this.element.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}

function findHits(
  view: PlanView,
  index: SearchIndex,
  query: string,
  { showTask, showLeftOut }: SearchWays,
): Found {
  const { tasks, unbuildable } = view.plan;
  const found = searchTasks(index, query, SHOWN);
  const planned = found.tasks.map((task): Hit => ({
    name: fullName(view, task),
    note: `${at(tasks.layers, at(tasks.layerOf, task))} ${formatTime(at(tasks.startMs, task))}`.trim(),
    go: () => {
      showTask(task);
    },
  }));
  const word = query.trim().toLowerCase();
  const lost = word === '' ? [] : unbuildable.filter(({ source }) => source.toLowerCase().includes(word));
  const left = lost.slice(0, SHOWN - Math.min(planned.length, SHOWN - 2)).map(({ source, arch }): Hit => ({
    name: `${source}/${arch}`,
    note: 'left out',
    go: () => {
      showLeftOut(source);
    },
  }));
  const hits = [...planned.slice(0, SHOWN - left.length), ...left];
  const total = found.count + lost.length;
  const told = total > hits.length ? `${count(total, 'build')} found` : total === 0 ? 'No build found' : '';
  return { hits, told };
}

function makeHit(hit: Hit, place: number, choose: () => void): HTMLElement {
  const option = makeElement(
    'div',
    { role: 'option', id: `hit-${String(place)}`, 'aria-selected': 'false' },
    hit.name,
    makeElement('span', { class: 'note' }, hit.note),
  );
  // a press would take the focus away and close the list before the click arrives
  option.addEventListener('pointerdown', (event) => {
    event.preventDefault();
  });
  option.addEventListener('click', choose);
  return option;
}

function focusOnSlash(input: HTMLInputElement): void {
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
