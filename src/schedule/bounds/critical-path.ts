import { at } from '../../base/column.ts';
import type { BoundInput } from './bound.ts';

/** The longest chain of needs, each task in its fastest mode. O(tasks) */
export function criticalPathBound({ tasks, headMs, durationMs, afterMs }: BoundInput): number {
  let longestMs = 0;
  for (const task of tasks)
    longestMs = Math.max(longestMs, at(headMs, task) + at(durationMs, task) + at(afterMs, task));
  return longestMs;
}
