import { formatDuration } from '../../base/quantity.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Emitter } from '../emitter.ts';
import { plainStyle } from '../style.ts';
import { headline } from '../summary/headline.ts';
import { nameUnits } from '../summary/unit-names.ts';
import { fitText } from '../svg/fit-text.ts';
import { escapeXml, pixels, svgText } from '../svg/svg-text.ts';
import { formatMark, timeTicks } from '../svg/time-axis.ts';
import { builderLanes } from './builder-lanes.ts';
import { barsOf, drawLane, leastNamedWidth } from './gantt/bars.ts';
import { drawBuilder, drawHeading } from './gantt/builder-row.ts';
import { drawChain } from './gantt/chain.ts';
import { ganttStyle } from './gantt/inks.ts';
import { layOut, LEFT, PLOT, timeX, WIDTH, type GanttLayout } from './gantt/layout.ts';

/** The schedule as a picture. */
export const svg: Emitter = {
  describe: 'a picture for pages and mails: builds by slot, RAM disk over time, the critical chain',
  emit: (plan) => [{ path: 'gantt.svg', content: emitGanttSvg(plan), isExecutable: false }],
};

const LEGEND = 68;
const MOST_TICKS = 12;

/**
 * A Gantt chart that stands alone: it loads nothing, its classes and ids begin with `gantt-`, and it is light or dark as the
 * reader's system is. Where builds are too many or too short they join, so that its size has a bound whatever the plan's.
 */
function emitGanttSvg(plan: Plan): string {
  const names = nameUnits(plan);
  const layout = layOut(builderLanes(plan), plan.makespanMs);
  const height = layout.bottom + LEGEND;
  const lanes = layout.laneHeight === 0 ? [] : layout.rows.flatMap((row) => barsOf(row, layout));
  const bars = lanes.flat();
  const named = leastNamedWidth(bars);
  const [title = '', ...more] = headline(plan, names, plainStyle);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${pixels(height)}" width="${WIDTH}" height="${pixels(height)}" role="img" aria-labelledby="gantt-title gantt-desc" class="gantt-plot">`,
    `<title id="gantt-title">${escapeXml(title)}</title>`,
    `<desc id="gantt-desc">${escapeXml(more.map((line) => line.trim()).join('; '))}</desc>`,
    ganttStyle(),
    `<rect width="${WIDTH}" height="${pixels(height)}" class="gantt-paper"/>`,
    svgText(LEFT, 26, fitText(title, PLOT, 18), 'class="gantt-title"'),
    ...more.map((line, index) =>
      svgText(LEFT, 45 + index * 16, fitText(line.trim(), PLOT, 12), 'class="gantt-dim"'),
    ),
    ...layout.rows.flatMap((row) => drawBuilder(row, layout)),
    ...grid(layout),
    ...layout.rows.map((row) => drawHeading(row, layout)),
    ...lanes.flatMap((lane) => drawLane(lane, names, named)),
    ...boundLine(plan, layout),
    drawChain(plan, new Map(bars.map((bar) => [bar.task.id, bar]))),
    ...legend(layout),
    '</svg>',
    '',
  ]
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n');
}

/** Lines through all builders at round moments, named above and below. */
function grid(layout: GanttLayout): readonly string[] {
  const { top, bottom, endMs } = layout;
  return timeTicks(endMs, MOST_TICKS).flatMap((ms) => {
    const x = timeX(layout, ms);
    const words = formatMark(ms);
    const anchor = 'text-anchor="middle" class="gantt-small gantt-dim"';
    return [
      `<path d="M${pixels(x)} ${String(top)}V${pixels(bottom)}" class="gantt-grid"/>`,
      svgText(x, top - 4, words, anchor),
      svgText(x, bottom + 14, words, anchor),
    ];
  });
}

/** Where no plan can end before, unless this one ends about there. */
function boundLine({ lowerBoundMs, makespanMs }: Plan, layout: GanttLayout): readonly string[] {
  const x = timeX(layout, lowerBoundMs);
  if (timeX(layout, makespanMs) - x < 2) return [];
  const words = `no plan ends before ${formatDuration(lowerBoundMs)}`;
  return [
    `<path d="M${pixels(x)} ${String(layout.top)}V${pixels(layout.bottom + 20)}" class="gantt-limit"/>`,
    svgText(x, layout.bottom + 32, words, 'text-anchor="end" class="gantt-small gantt-dim"'),
  ];
}

/** What the colours and lines mean. */
function legend({ bottom, laneHeight }: GanttLayout): readonly string[] {
  const box = (classes: string): string => `<rect x="-9" y="-8" width="18" height="11" class="${classes}"/>`;
  const builds = [
    { mark: box('gantt-ram'), words: 'build in RAM' },
    { mark: `${box('gantt-disk')}${box('gantt-hatched')}`, words: 'build on disk' },
    { mark: `<rect x="-8" y="-7" width="16" height="9" class="gantt-critical"/>`, words: 'critical chain' },
  ];
  const entries = [
    ...(laneHeight === 0 ? [{ mark: box('gantt-ram'), words: 'busy slots' }] : builds),
    { mark: box('gantt-use'), words: 'RAM disk reserved' },
    { mark: '<path d="M-9-2H9" class="gantt-limit"/>', words: 'its size' },
  ];
  return entries.map(
    ({ mark, words }, index) =>
      `<g transform="translate(${LEFT + 9 + index * 168} ${pixels(bottom + 54)})">${mark}${svgText(16, 2, words)}</g>`,
  );
}
