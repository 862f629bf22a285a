import { DIMENSION_NAMES, isDimensionName, type DimensionName } from './dimensions.ts';
import { FIRST_STATE, type PageState } from './page-state.ts';
import { isTaskColumnName } from './task-columns.ts';
import type { Viewport } from './time-scale.ts';

/**
 * The part of the address behind `#` that says what is shown: `unit=hello_2.10-3%2Famd64&from=0&to=3600000`. Only what
 * differs from the start is in it, and each value of a filter stands for itself.
 */
export function writeAddress(state: PageState): string {
  const words = new URLSearchParams();
  if (state.plan !== FIRST_STATE.plan) words.set('plan', String(state.plan + 1));
  if (state.selected !== '') words.set('unit', state.selected);
  if (state.view !== null) {
    words.set('from', String(Math.round(state.view.fromMs)));
    words.set('to', String(Math.round(state.view.toMs)));
  }
  if (state.colourBy !== FIRST_STATE.colourBy) words.set('colour', state.colourBy);
  if (state.isStacked !== FIRST_STATE.isStacked) words.set('plans', 'one');
  const { by, isDescending } = state.sorting;
  if (by !== FIRST_STATE.sorting.by || isDescending) words.set('sort', `${isDescending ? '-' : ''}${by}`);
  for (const name of DIMENSION_NAMES) {
    for (const value of state.filters.get(name) ?? []) words.append(name, value);
  }
  return words.toString();
}

/**
 * `writeAddress` backwards. Whatever it doesn't know is left at the start: addresses get cut and edited by hand.
 * @param planCount how many plans there are
 */
export function readAddress(address: string, planCount: number): PageState {
  const words = new URLSearchParams(address);
  const plan = Number(words.get('plan') ?? 1) - 1;
  const colourBy = words.get('colour') ?? '';
  const sort = /^(-?)(.*)$/.exec(words.get('sort') ?? '');
  const by = sort?.[2] ?? '';
  const filters = DIMENSION_NAMES.map((name): [DimensionName, ReadonlySet<string>] => [
    name,
    new Set(words.getAll(name)),
  ]).filter(([, values]) => values.size > 0);
  return {
    plan: Number.isInteger(plan) && plan >= 0 && plan < planCount ? plan : FIRST_STATE.plan,
    selected: words.get('unit') ?? '',
    view: readView(words),
    colourBy: isDimensionName(colourBy) ? colourBy : FIRST_STATE.colourBy,
    filters: new Map(filters),
    isStacked: words.get('plans') !== 'one',
    sorting: isTaskColumnName(by) ? { by, isDescending: sort?.[1] === '-' } : FIRST_STATE.sorting,
  };
}

function readView(words: URLSearchParams): Viewport | null {
  const fromMs = Number(words.get('from') ?? NaN);
  const toMs = Number(words.get('to') ?? NaN);
  return fromMs >= 0 && toMs > fromMs && Number.isFinite(toMs) ? { fromMs, toMs } : null;
}
