import { float64At } from '../../base/cells.ts';
import type { BoundResource } from './resource.ts';
import type { EnergySweep } from './energy-sweep.ts';

/** Part of a window's energy that rounding may have put on. */
const TOLERANCE = 1e-9;

/** Heads and latest ends of the tasks that share resources, by position; whole ms. */
export interface TimeWindows {
  readonly headMs: Float64Array;
  readonly endMs: Float64Array;
  readonly durationMs: Float64Array;
}

/** Positions visited so far, of at most `most`: work is limited by count, so results don't depend on the machine. */
export interface Effort {
  spent: number;
  readonly most: number;
}

/**
 * Energetic reasoning over all windows that start at a head or at a latest start: whether one needs more than there is, and
 * which tasks can't start as early as their heads, because what must run there leaves no room for them.
 * @param risenMs takes the later heads; untouched cells keep their values
 * @returns false: the time windows can't be kept. O(tasks²), and more where windows are nearly full
 * @see Baptiste, Le Pape, Nuijten 1999
 */
export function raiseHeads(
  windows: TimeWindows,
  resource: BoundResource,
  sweep: EnergySweep,
  risenMs: Float64Array,
  effort: Effort,
): boolean {
  const { headMs, endMs, durationMs } = windows;
  const starts = new Set<number>();
  for (let position = 0; position < headMs.length; position++) {
    if (float64At(resource.rate, position) === 0) continue;
    starts.add(float64At(headMs, position));
    starts.add(float64At(endMs, position) - float64At(durationMs, position));
  }
  const mostGain = largestGain(windows, resource);
  for (const fromMs of starts) {
    if (effort.spent > effort.most) return true;
    sweep.sweep(fromMs, resource.rate, resource.isElastic);
    effort.spent += 2 * headMs.length;
    for (let event = 0; event < sweep.eventCount; event++) {
      const untilMs = float64At(sweep.eventMs, event);
      const room = resource.capacity * (untilMs - fromMs);
      const work = float64At(sweep.eventWork, event);
      const tolerance = TOLERANCE * (room + sweep.peakRate * (untilMs - fromMs));
      if (work > room + tolerance) return false;
      const slack = room - work + tolerance;
      if (resource.isElastic || slack >= mostGain) continue;
      effort.spent += headMs.length;
      raiseOver(windows, resource.rate, { fromMs, untilMs, slack }, risenMs);
    }
  }
  return true;
}

/** No task can take more than this beyond what it must. */
function largestGain({ durationMs }: TimeWindows, { rate }: BoundResource): number {
  let largest = 0;
  for (let position = 0; position < rate.length; position++)
    largest = Math.max(largest, float64At(rate, position) * float64At(durationMs, position));
  return largest;
}

interface Window {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly slack: number;
}

/** Who starts at its head takes more of the window than is left must start so late that it takes no more than that. */
function raiseOver(
  { headMs, endMs, durationMs }: TimeWindows,
  rate: Float64Array,
  { fromMs, untilMs, slack }: Window,
  risenMs: Float64Array,
): void {
  for (let position = 0; position < rate.length; position++) {
    const demand = float64At(rate, position);
    if (demand === 0) continue;
    const head = float64At(headMs, position);
    const length = float64At(durationMs, position);
    const shiftedLeft = Math.min(untilMs, head + length) - Math.max(fromMs, head);
    if (shiftedLeft * demand <= slack) continue;
    const end = float64At(endMs, position);
    const shiftedRight = Math.min(untilMs, end) - Math.max(fromMs, end - length);
    const mandatory = Math.max(0, Math.min(shiftedLeft, shiftedRight));
    if ((shiftedLeft - mandatory) * demand <= slack) continue;
    const startMs = Math.ceil(untilMs - mandatory - slack / demand - TOLERANCE);
    if (startMs > float64At(risenMs, position)) risenMs[position] = startMs;
  }
}
