import { formatDuration } from '../../base/quantity.ts';
import type { PlanTask } from '../../plan/plan.ts';
import type { Style } from '../style.ts';

/** Where a build runs: `x86-1 ram`. */
export function placeOf({ builder, mode }: PlanTask): string {
  return `${builder} ${mode}`;
}

/** Builds on disk stand out: they are the slow ones. */
export function paintPlace(place: string, style: Style): string {
  return place.endsWith(' disk') ? style.yellow(place) : place;
}

/** When a build starts. */
export function startOf({ startMs }: PlanTask): string {
  return startMs === 0 ? '0s' : formatDuration(startMs);
}
