import type { DimensionName } from './dimensions.ts';
import { NO_FILTERS, type Filters } from './filters.ts';
import type { Sorting } from './task-columns.ts';
import type { Viewport } from './time-scale.ts';

/** All that the reader can change about the page. What differs from the start stands in the address. */
export interface PageState {
  /** Which plan is told about. */
  readonly plan: number;
  /** The id of the build in the side panel; empty: none. */
  readonly selected: string;
  /** What the Gantt shows; null: all of it. */
  readonly view: Viewport | null;
  readonly colourBy: DimensionName;
  readonly filters: Filters;
  /** Whether every plan is drawn, on one time axis. */
  readonly isStacked: boolean;
  readonly sorting: Sorting;
}

export const FIRST_STATE: PageState = {
  plan: 0,
  selected: '',
  view: null,
  colourBy: 'arch',
  filters: NO_FILTERS,
  isStacked: true,
  sorting: { by: 'start', isDescending: false },
};

export type PageListener = (state: PageState, previous: PageState) => void;

/** The one place that holds the state; whoever shows it is told of every change, in the order of subscription. */
export class PageStore {
  #state: PageState;
  readonly #listeners: PageListener[] = [];

  constructor(state: PageState) {
    this.#state = state;
  }

  get state(): PageState {
    return this.#state;
  }

  update(patch: Partial<PageState>): void {
    const previous = this.#state;
    this.#state = { ...previous, ...patch };
    for (const listener of this.#listeners) listener(this.#state, previous);
  }

  /** Calls the listener at once, with the same state twice, and then after each change. */
  subscribe(listener: PageListener): void {
    this.#listeners.push(listener);
    listener(this.#state, this.#state);
  }
}
