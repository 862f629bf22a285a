import { formatBytes, formatDuration } from '../../../base/quantity.ts';
import type { PlanTask } from '../../../plan/plan.ts';
import type { UnitNames } from '../../summary/unit-names.ts';
import { fitText } from '../../svg/fit-text.ts';
import { formatMark } from '../../svg/time-axis.ts';
import { escapeXml, pixels, svgText } from '../../svg/svg-text.ts';
import { timeX, type BuilderRow, type GanttLayout } from './layout.ts';

/** How many bars at most are elements of their own, with a name and words that show when pointed at. */
const MOST_NAMED = 2000;
/** Narrower ones are never named, and those without a gap between them become one. */
const LEAST_WIDTH = 3;

/** Where a build is drawn. */
export interface Bar {
  readonly task: PlanTask;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The bars of a builder, lane by lane. */
export function barsOf({ lanes, top }: BuilderRow, layout: GanttLayout): readonly (readonly Bar[])[] {
  const { laneHeight } = layout;
  const gap = laneHeight > 6 ? 2 : laneHeight > 3 ? 1 : 0;
  return lanes.slots.map((tasks, slot) =>
    tasks.map((task) => {
      const x = timeX(layout, task.startMs);
      const width = timeX(layout, task.startMs + task.durationMs) - x;
      return { task, x, y: top + slot * laneHeight, width, height: laneHeight - gap };
    }),
  );
}

/** How wide a bar must be to be an element of its own, so that no plan makes too large a picture. */
export function leastNamedWidth(bars: readonly Bar[]): number {
  const widths = Float64Array.from(bars, ({ width }) => width).sort();
  return Math.max(LEAST_WIDTH, widths[widths.length - MOST_NAMED - 1] ?? 0);
}

/** A lane's bars: those of at least a width by themselves, the others as one path for each mode. */
export function drawLane(bars: readonly Bar[], names: UnitNames, namedWidth: number): readonly string[] {
  const narrow = bars.filter(({ width }) => width <= namedWidth);
  return [
    ...MODES.flatMap((mode) => {
      const path = pathOf(narrow.filter(({ task }) => task.mode === mode));
      return path === '' ? [] : [`<path d="${path}" class="gantt-${mode}"/>`];
    }),
    ...bars.filter(({ width }) => width > namedWidth).map((bar) => drawBar(bar, names)),
  ];
}

const MODES: readonly PlanTask['mode'][] = ['ram', 'disk'];

/** Rectangles; narrow ones that touch are one. */
function pathOf(bars: readonly Bar[]): string {
  let path = '';
  let run: { x: number; end: number } | undefined;
  const close = (y: number, height: number): void => {
    if (run !== undefined) path += rectangle(run.x, y, Math.max(0.3, run.end - run.x), height);
  };
  for (const { x, y, width, height } of bars) {
    const isJoined = run !== undefined && x - run.end < 0.5 && width < LEAST_WIDTH;
    if (isJoined && run !== undefined) run.end = x + width;
    else {
      close(y, height);
      run = { x, end: x + width - (width < LEAST_WIDTH ? 0 : 0.5) };
    }
  }
  const [{ y, height } = { y: 0, height: 0 }] = bars;
  close(y, height);
  return path;
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${pixels(x)} ${pixels(y)}h${pixels(width)}v${pixels(height)}h${pixels(-width)}z`;
}

function drawBar(bar: Bar, names: UnitNames): string {
  const { task, x, y, width, height } = bar;
  const place = `x="${pixels(x)}" y="${pixels(y)}" width="${pixels(width - 0.7)}" height="${pixels(height)}"`;
  const hatching = task.mode === 'disk' ? `<rect ${place} class="gantt-hatched"/>` : '';
  const parts = [`<rect ${place} class="gantt-${task.mode}"/>`, hatching, label(bar, names)];
  return `<g><title>${escapeXml(describe(task))}</title>${parts.join('')}</g>`;
}

/** Lanes that are less high have no names in them. */
const [LEAST_SMALL, LEAST_TINY] = [14, 10];

function label({ task, x, y, width, height }: Bar, names: UnitNames): string {
  if (height < LEAST_TINY) return '';
  const isSmall = height >= LEAST_SMALL;
  const size = isSmall ? 10.5 : 9;
  const name = fitText(names.get(task.id)?.name ?? task.id, width - 7, size);
  if (name === '') return '';
  const classes = `class="${isSmall ? 'gantt-small' : 'gantt-tiny'} gantt-on-${task.mode}"`;
  return svgText(x + 3.5, y + height / 2 + size * 0.36, name, classes);
}

/** What shows when a build is pointed at. */
function describe({ id, mode, startMs, durationMs, ramDiskBytes }: PlanTask): string {
  const where = mode === 'ram' ? `${formatBytes(ramDiskBytes)} of the RAM disk` : 'on disk';
  return `${id}: at ${formatMark(startMs)} for ${formatDuration(durationMs)}, ${where}`;
}
