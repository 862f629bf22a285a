import { compareNumber } from '../base/compare.ts';
import { tasksByStart } from '../plan/make-tasks.ts';
import type { Plan } from '../plan/plan.ts';
import { builderLanes, type BuilderLanes } from './drawings/builder-lanes.ts';
import { densityLine, ramDiskLines, slotLines, type ChartLine } from './gantt/builder-lines.ts';
import { timeGrid, type TimeGrid } from './gantt/grid.ts';
import { drawLane, FILLS } from './gantt/lane-cells.ts';
import type { Style } from './style.ts';
import { headline } from './summary/headline.ts';
import { count } from './summary/lines.ts';
import { nameUnits, type UnitNames } from './summary/unit-names.ts';
import { formatMark, timeTicks } from './svg/time-axis.ts';

export interface GanttOptions {
  /** The terminal's. */
  readonly columns: number;
  /** The terminal's; a lane each is drawn only where that fits. */
  readonly rows: number;
  /** Every slot's lane, whatever the terminal's height. */
  readonly all: boolean;
  readonly style: Style;
}

/** Headline, empty line, axis, critical chain, legend, and the line that the shell writes to next. */
const OTHER_ROWS = 8;
/** Room for a label; longer names are cut. */
const MOST_LABEL = 16;
const LEAST_PLOT = 24;
/** Between the columns of the chart. */
const GAP = 2;

/**
 * The schedule as a chart of block characters: the critical chain, then each builder's slots and what its RAM disk holds
 * against its size. Where slots are too many for the screen, builders have one line each with how many are busy.
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const text = emitGantt(plan, { columns: 80, rows: 24, all: false, style: plainStyle });
 * text.includes('RAM disk'); // → true
 */
export function emitGantt(plan: Plan, { columns, rows, all, style }: GanttOptions): string {
  const names = nameUnits(plan);
  const head = headline(plan, names, style);
  const builders = builderLanes(plan);
  const tasks = tasksByStart(plan.targets);
  if (tasks.length === 0) return `${head.join('\n')}\n`;
  const room = all ? Infinity : rows - OTHER_ROWS;
  const draw = (grid: TimeGrid): readonly ChartLine[] => [
    axis(plan.makespanMs, grid),
    criticalLine(plan, grid, names, style),
    ...builderLines(builders, room, grid, names, style),
  ];
  // what stands beside the plot doesn't depend on its width
  const sides = draw(timeGrid(plan.makespanMs, LEAST_PLOT));
  const label = Math.min(MOST_LABEL, widest(sides.map((line) => line.label)));
  const figures = widest(sides.map((line) => line.figure));
  const plot = Math.max(LEAST_PLOT, columns - 1 - label - figures - 2 * GAP);
  const chart = draw(timeGrid(plan.makespanMs, plot)).map((line) => join(line, label));
  return `${[...head, '', ...chart, legend(style)].join('\n')}\n`;
}

function join({ label, cells, figure }: ChartLine, width: number): string {
  const cut = label.length > width ? `${label.slice(0, width - 1)}…` : label;
  return `${cut.padStart(width)}${' '.repeat(GAP)}${cells}${' '.repeat(GAP)}${figure}`.trimEnd();
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

/** As much of the builders as fits: every slot, else a line for slots and one for the RAM disk, else slots alone, of the busiest. */
function builderLines(
  builders: readonly BuilderLanes[],
  room: number,
  grid: TimeGrid,
  names: UnitNames,
  style: Style,
): readonly ChartLine[] {
  const every = (): readonly ChartLine[] => builders.flatMap((one) => slotLines(one, grid, names, style));
  const slots = builders.reduce((sum, { builder }) => sum + builder.slots + 1, 0);
  if (slots <= room) return every();
  const busy = (one: BuilderLanes): ChartLine => densityLine(one, grid, style);
  if (builders.length * 2 <= room)
    return builders.flatMap((one) => [busy(one), ...ramDiskLines(one, grid, style)]);
  if (builders.length <= room) return builders.map(busy);
  const busiest = [...builders].sort((a, b) => compareNumber(b.busyMs, a.busyMs));
  const shown = new Set(busiest.slice(0, Math.max(1, room - 1)));
  const rest = `… and ${count(builders.length - shown.size, 'builder')} less busy (--all)`;
  return [...builders.filter((one) => shown.has(one)).map(busy), { label: '', cells: rest, figure: '' }];
}

function criticalLine(plan: Plan, grid: TimeGrid, names: UnitNames, style: Style): ChartLine {
  const tasks = tasksByStart(plan.targets).filter(({ critical }) => critical);
  const fillOf = ({ mode }: { readonly mode: 'ram' | 'disk' }) => ({ ...FILLS[mode], paint: 'red' as const });
  return { label: 'critical chain', cells: drawLane(tasks, { grid, names, style, fillOf }), figure: '' };
}

/** Cells that a label of the axis needs. */
const LEAST_TICK = 9;

/** Moments, each written from its cell on. */
function axis(endMs: number, grid: TimeGrid): ChartLine {
  let cells = '';
  for (const ms of timeTicks(endMs, Math.max(1, Math.floor(grid.columns / LEAST_TICK)))) {
    const words = formatMark(ms);
    const cell = Math.round(ms / grid.cellMs);
    if (cell + words.length <= grid.columns) cells = cells.padEnd(cell) + words;
  }
  return { label: '', cells: cells.padEnd(grid.columns), figure: '' };
}

function legend(style: Style): string {
  const { ram, disk, critical } = FILLS;
  const marks = [
    `${style[ram.paint](ram.cell)} in RAM`,
    `${style[disk.paint](disk.cell)} on disk`,
    `${style[critical.paint](critical.cell)} critical`,
    `${style.green('▂▅')}${style.yellow('█')} RAM disk in use`,
  ];
  return `  ${marks.join('   ')}`;
}
