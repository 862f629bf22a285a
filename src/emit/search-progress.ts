import type { Progress } from '../base/progress.ts';
import { formatDuration } from '../base/quantity.ts';

/** How far a search is, and how good its best plan. */
export function searchProgress(search: {
  readonly makespanMs: number;
  readonly lowerBoundMs: number;
  readonly schedulesUsed: number;
  readonly schedules: number;
}): Progress {
  const { makespanMs, lowerBoundMs, schedulesUsed: done, schedules: total } = search;
  const gap = lowerBoundMs === 0 ? 0 : (makespanMs / lowerBoundMs - 1) * 100;
  const detail = `${formatDuration(makespanMs)}, ${gap.toFixed(1)} % above the bound`;
  return { doing: 'searching', done, total, noun: 'schedules', detail };
}
