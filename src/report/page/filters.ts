import { at } from '../../base/column.ts';
import type { ReportPlan } from '../report-data.ts';
import { DIMENSION_NAMES, DIMENSIONS, type Dimension, type DimensionName } from './dimensions.ts';

/**
 * What is shown: of each dimension the values that were chosen, as texts so that they hold for other plans too. A dimension
 * that is missing or empty lets everything through.
 */
export type Filters = ReadonlyMap<DimensionName, ReadonlySet<string>>;

export const NO_FILTERS: Filters = new Map();

/** One cell a task: 1 where it passes every dimension. */
export function matchesOf(plan: ReportPlan, filters: Filters): Uint8Array {
  const matches = new Uint8Array(plan.tasks.count).fill(1);
  for (const name of DIMENSION_NAMES) {
    const chosen = filters.get(name);
    if (chosen === undefined || chosen.size === 0) continue;
    const dimension: Dimension = DIMENSIONS[name];
    const isChosen = dimension.values(plan).map((value) => chosen.has(value));
    const valueOf = dimension.valueOf(plan);
    for (let task = 0; task < matches.length; task++) {
      if (!at(isChosen, at(valueOf, task))) matches[task] = 0;
    }
  }
  return matches;
}

/** The filters with one value chosen that wasn't, or the other way round. */
export function toggleFilter(filters: Filters, name: DimensionName, value: string): Filters {
  const chosen = new Set(filters.get(name));
  if (!chosen.delete(value)) chosen.add(value);
  const toggled = new Map(filters);
  if (chosen.size === 0) toggled.delete(name);
  else toggled.set(name, chosen);
  return toggled;
}

/** How many tasks pass. */
export function countMatches(matches: Uint8Array): number {
  let count = 0;
  for (const match of matches) count += match;
  return count;
}
