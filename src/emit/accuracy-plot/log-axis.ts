/** A logarithmic axis: what lies at its ends, and where it is marked. */
export interface LogAxis {
  readonly low: number;
  readonly high: number;
  /** Ascending, within the ends. */
  readonly ticks: readonly number[];
}

const MOST_TICKS = 7;
/** Room beyond the outermost values, and the least that an axis spans, as factors. */
const MARGIN = 1.35;
const LEAST_SPAN = 8;

/**
 * An axis that holds all values.
 * @param values > 0, at least one
 * @param round what may be marked, ascending; every second, fourth, … where that is too much
 */
export function logAxis(values: readonly number[], round: readonly number[]): LogAxis {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity) / MARGIN;
  const most = values.reduce((a, b) => Math.max(a, b), 0) * MARGIN;
  const stretch = Math.sqrt(Math.max(1, LEAST_SPAN / (most / least)));
  const [low, high] = [least / stretch, most * stretch];
  const isWithin = (value: number): boolean => value >= low && value <= high;
  let step = 1;
  while (round.filter((value, index) => index % step === 0 && isWithin(value)).length > MOST_TICKS) step *= 2;
  return { low, high, ticks: round.filter((value, index) => index % step === 0 && isWithin(value)) };
}

/** How far along the axis a value lies: 0 at the low end, 1 at the high one. */
export function placeOn({ low, high }: LogAxis, value: number): number {
  return Math.log(value / low) / Math.log(high / low);
}
