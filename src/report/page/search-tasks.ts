import { at } from '../../base/column.ts';
import type { PlanView } from './plan-view.ts';

/** Texts to look through, lower case, made once: searching 35,000 names takes a few ms. */
export interface SearchIndex {
  readonly sources: readonly string[];
  readonly ids: readonly string[];
}

export interface SearchHits {
  /** Task numbers, the best first. */
  readonly tasks: readonly number[];
  /** Of how many. */
  readonly count: number;
}

export function indexTasks({ plan: { tasks } }: PlanView): SearchIndex {
  return {
    sources: tasks.sources.map((source) => source.toLowerCase()),
    ids: tasks.ids.map((id) => id.toLowerCase()),
  };
}

/**
 * Tasks whose source or id has every word of the query: sources that are the query first, then those that begin with it,
 * those that have it, ids that have it; the earliest start first among equals. O(tasks)
 */
export function searchTasks(index: SearchIndex, query: string, limit: number): SearchHits {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first] = words;
  if (first === undefined) return { tasks: [], count: 0 };
  const ranked: number[][] = [[], [], [], []];
  let count = 0;
  for (let task = 0; task < index.ids.length; task++) {
    const id = at(index.ids, task);
    if (!words.every((word) => id.includes(word))) continue;
    count++;
    const ranks = at(ranked, rankOf(at(index.sources, task), first));
    if (ranks.length < limit) ranks.push(task);
  }
  return { tasks: ranked.flat().slice(0, limit), count };
}

function rankOf(source: string, word: string): number {
  if (source === word) return 0;
  if (source.startsWith(word)) return 1;
  return source.includes(word) ? 2 : 3;
}
