import { formatDuration } from '../base/quantity.ts';

/** How far a search is, in one line: `searching: 7h 12m, 1.3 % above the bound, 1200 of 2000 schedules`. */
export function formatSearchProgress(progress: {
  readonly makespanMs: number;
  readonly lowerBoundMs: number;
  readonly schedulesUsed: number;
  readonly schedules: number;
}): string {
  const { makespanMs, lowerBoundMs, schedulesUsed, schedules } = progress;
  const gap = lowerBoundMs === 0 ? 0 : (makespanMs / lowerBoundMs - 1) * 100;
  const above = `${gap.toFixed(1)} % above the bound`;
  return `searching: ${formatDuration(makespanMs)}, ${above}, ${schedulesUsed} of ${schedules} schedules`;
}
