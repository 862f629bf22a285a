import type { Plan } from '../../../plan/plan.ts';
import { pixels } from '../../svg/svg-text.ts';
import type { Bar } from './bars.ts';

/** The critical chain over the bars: each framed, and a line from its end to the next one's start. */
export function drawChain({ criticalChain }: Plan, bars: ReadonlyMap<string, Bar>): string {
  const chain = criticalChain.flatMap(({ id }) => bars.get(id) ?? []);
  const frames = chain.map(frame).join('');
  const links = chain.map((bar, index) => link(bar, chain[index + 1])).join('');
  return chain.length === 0 ? '' : `<path d="${frames}${links}" class="gantt-critical"/>`;
}

function frame({ x, y, width, height }: Bar): string {
  const inner = Math.max(0.5, width - 2);
  return `M${pixels(x + 1)} ${pixels(y)}h${pixels(inner)}v${pixels(height)}h${pixels(-inner)}z`;
}

function link({ x, y, width, height }: Bar, next: Bar | undefined): string {
  if (next === undefined || next.y === y) return '';
  const isBelow = next.y > y;
  const from = isBelow ? y + height : y;
  const to = isBelow ? next.y : next.y + next.height;
  return `M${pixels(x + width)} ${pixels(from)}V${pixels(to)}`;
}
