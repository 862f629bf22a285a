import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, timeStep } from '../../base/time-steps.ts';

/** The stretch of time that is drawn, in ms from the plan's start. */
export interface Viewport {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A place on the time axis that gets a line; `label` is empty for the finer ones in between. */
export interface Tick {
  readonly ms: number;
  readonly label: string;
}

/** No more can be magnified: half a minute is all there is to see. */
const CLOSEST_MS = 10 * SECOND_MS;

/** Where a moment lies, in pixels from the left. */
export function xOf(view: Viewport, width: number, ms: number): number {
  return ((ms - view.fromMs) / (view.toMs - view.fromMs)) * width;
}

/** `xOf` backwards. */
export function msAt(view: Viewport, width: number, x: number): number {
  return view.fromMs + (x / width) * (view.toMs - view.fromMs);
}

/** All of a plan, with a little room at its end so that the last bar's edge is seen. */
export function wholePlan(makespanMs: number): Viewport {
  return { fromMs: 0, toMs: Math.max(makespanMs, 1) * 1.01 };
}

/** The nearest stretch that lies inside the plan and is neither too short nor too long. */
export function clampView(view: Viewport, makespanMs: number): Viewport {
  const whole = wholePlan(makespanMs);
  const closest = Math.min(CLOSEST_MS, whole.toMs);
  const span = Math.min(Math.max(view.toMs - view.fromMs, closest), whole.toMs);
  const fromMs = Math.min(Math.max(view.fromMs, 0), whole.toMs - span);
  return { fromMs, toMs: fromMs + span };
}

/**
 * Magnifies around a moment, which stays where it is.
 * @param factor above 1: closer
 */
export function zoomAt(view: Viewport, factor: number, ms: number, makespanMs: number): Viewport {
  const span = (view.toMs - view.fromMs) / factor;
  const share = (ms - view.fromMs) / (view.toMs - view.fromMs);
  const fromMs = ms - share * span;
  return clampView({ fromMs, toMs: fromMs + span }, makespanMs);
}

/** Moves by a distance, as far as the plan reaches. */
export function panBy(view: Viewport, distanceMs: number, makespanMs: number): Viewport {
  return clampView({ fromMs: view.fromMs + distanceMs, toMs: view.toMs + distanceMs }, makespanMs);
}

/** A view in which the stretch is seen whole: unchanged where it is, else moved, else widened too. */
export function reveal(view: Viewport, startMs: number, endMs: number, makespanMs: number): Viewport {
  const span = view.toMs - view.fromMs;
  if (startMs >= view.fromMs && endMs <= view.toMs) return view;
  const needed = Math.max(span, (endMs - startMs) * 1.5);
  const fromMs = (startMs + endMs) / 2 - needed / 2;
  return clampView({ fromMs, toMs: fromMs + needed }, makespanMs);
}

/**
 * The lines of the time axis, ascending, with four finer ones between labels.
 * @param leastGap the distance that labels need, in pixels
 */
export function ticksOf(view: Viewport, width: number, leastGap: number): readonly Tick[] {
  const stepMs = timeStep(((view.toMs - view.fromMs) / Math.max(width, 1)) * leastGap);
  const fineMs = stepMs / fineParts(stepMs);
  const ticks: Tick[] = [];
  const first = Math.ceil(view.fromMs / fineMs);
  for (let index = first; index * fineMs <= view.toMs; index++) {
    const ms = Math.round(index * fineMs);
    ticks.push({ ms, label: ms % stepMs === 0 ? formatMoment(ms) : '' });
  }
  return ticks;
}

/** A moment on the axis, no zeros at its end: `0`, `45s`, `15m`, `1h 30m`, `2d`, `2d 06h`. */
export function formatMoment(ms: number): string {
  if (ms === 0) return '0';
  const parts = [
    { amount: Math.floor(ms / DAY_MS), unit: 'd' },
    { amount: Math.floor(ms / HOUR_MS) % 24, unit: 'h' },
    { amount: Math.floor(ms / MINUTE_MS) % 60, unit: 'm' },
    { amount: Math.floor(ms / SECOND_MS) % 60, unit: 's' },
  ];
  const first = parts.findIndex(({ amount }) => amount > 0);
  const last = parts.findLastIndex(({ amount }) => amount > 0);
  return parts
    .slice(first, last + 1)
    .map(
      ({ amount, unit }, index) => `${index === 0 ? String(amount) : String(amount).padStart(2, '0')}${unit}`,
    )
    .join(' ');
}

/** Into how many parts a step is divided so that they are round too. */
function fineParts(stepMs: number): number {
  if (stepMs % DAY_MS === 0) return 4;
  return [15, 30, 3, 6, 12].some((count) =>
    [SECOND_MS, MINUTE_MS, HOUR_MS].some((unit) => stepMs === count * unit),
  )
    ? 3
    : 5;
}
