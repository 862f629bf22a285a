import { excerpt } from '../parse/diagnostics.ts';

/** What writes JSON calls itself for each level of it; what reads JSON doesn't. */
const MOST_LEVELS = 64;

/** Whether a parsed JSON value is nested deeper than anything that is written again: 64 levels. O(size) */
export function isTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

/** A parsed JSON value in a message. */
export function jsonExcerpt(value: unknown): string {
  return isTooDeep(value) ? 'a deeply nested value' : excerpt(JSON.stringify(value));
}
