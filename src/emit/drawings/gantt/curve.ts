import type { UsageStep } from '../../../plan/usage-steps.ts';
import { pixels } from '../../svg/svg-text.ts';
import { LEFT, PLOT, timeX, type GanttLayout } from './layout.ts';

/** An area under steps. */
export interface Curve {
  readonly top: number;
  readonly height: number;
  /** What reaches to the top. */
  readonly limit: number;
  readonly value: (step: UsageStep) => number;
}

/** The area as the `d` of a path; of all steps within a pixel the highest one is shown. */
export function curvePath(usage: readonly UsageStep[], curve: Curve, layout: GanttLayout): string {
  const { top, height, limit, value } = curve;
  const highest = highestByPixel(usage, value, layout);
  const y = (amount: number): string => pixels(top + height * (1 - Math.min(1, amount / limit)));
  let path = `M${String(LEFT)} ${pixels(top + height)}`;
  let before: string | undefined;
  for (const [pixel, amount] of highest.entries()) {
    const at = y(amount);
    if (at !== before) path += `H${String(LEFT + pixel)}V${at}`;
    before = at;
  }
  return `${path}H${String(LEFT + PLOT)}V${pixels(top + height)}z`;
}

function highestByPixel(
  usage: readonly UsageStep[],
  value: Curve['value'],
  layout: GanttLayout,
): readonly number[] {
  const highest = new Array<number>(PLOT).fill(0);
  for (const [index, step] of usage.entries()) {
    const from = Math.floor(timeX(layout, step.atMs) - LEFT);
    const until = Math.ceil(timeX(layout, usage[index + 1]?.atMs ?? step.atMs) - LEFT);
    for (let pixel = from; pixel < Math.min(until, PLOT); pixel++)
      highest[pixel] = Math.max(highest[pixel] ?? 0, value(step));
  }
  return highest;
}
