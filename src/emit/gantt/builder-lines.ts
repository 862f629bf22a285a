import { at } from '../../base/column.ts';
import { formatBytes } from '../../base/quantity.ts';
import type { PlanTask } from '../../plan/plan.ts';
import type { BuilderLanes } from '../drawings/builder-lanes.ts';
import type { Style } from '../style.ts';
import type { UnitNames } from '../summary/unit-names.ts';
import { cellsOf, heightOf, highestByCell, meanByCell, type TimeGrid } from './grid.ts';
import { drawLane, FILLS } from './lane-cells.ts';

/** A line of the chart: what stands left of the plot, in it, and right of it. */
export interface ChartLine {
  readonly label: string;
  /** As wide as the grid. */
  readonly cells: string;
  readonly figure: string;
}

/** A lane for each slot, and what the RAM disk holds. */
export function slotLines(
  lanes: BuilderLanes,
  grid: TimeGrid,
  names: UnitNames,
  style: Style,
): readonly ChartLine[] {
  const { builder, slots } = lanes;
  const fillOf = (task: PlanTask): (typeof FILLS)[keyof typeof FILLS] =>
    FILLS[task.critical ? 'critical' : task.mode];
  const figure = busyFigure(lanes, grid);
  return [
    ...slots.map((tasks, slot) => ({
      label: slot === 0 ? `${builder.name} 1` : String(slot + 1),
      cells: drawLane(tasks, { grid, names, style, fillOf }),
      figure: slot === 0 ? figure : '',
    })),
    ...ramDiskLines(lanes, grid, style),
  ];
}

/** How many slots are busy, where their lanes would be too many. */
export function densityLine(lanes: BuilderLanes, grid: TimeGrid, style: Style): ChartLine {
  const { builder, slots, usage } = lanes;
  const critical = new Uint8Array(grid.columns);
  for (const task of slots.flat()) {
    const { from, until } = cellsOf(grid, task.startMs, task.startMs + task.durationMs);
    if (task.critical) critical.fill(1, from, until);
  }
  const cells = meanByCell(grid, usage, ({ busySlots }) => busySlots / builder.slots).map((part, cell) =>
    style[at(critical, cell) === 1 ? 'red' : 'cyan'](heightOf(part)),
  );
  return { label: builder.name, cells: cells.join(''), figure: busyFigure(lanes, grid) };
}

/** From which part of the RAM disk on it counts as full. */
const FULL = 0.95;

/** One line, or none where there is no RAM disk. */
export function ramDiskLines(
  { builder, usage }: BuilderLanes,
  grid: TimeGrid,
  style: Style,
): readonly ChartLine[] {
  const { ramDiskBytes: size } = builder;
  if (size === 0) return [];
  const highest = highestByCell(grid, usage, ({ ramDiskBytes }) => ramDiskBytes);
  const cells = highest.map((bytes) =>
    style[bytes > size * FULL ? 'yellow' : 'green'](heightOf(bytes / size)),
  );
  const peak = highest.reduce((most, bytes) => Math.max(most, bytes), 0);
  return [{ label: `RAM ${formatBytes(size)}`, cells: cells.join(''), figure: `peak ${formatBytes(peak)}` }];
}

function busyFigure({ builder, busyMs }: BuilderLanes, { cellMs, columns }: TimeGrid): string {
  return `${String(Math.round((busyMs / (cellMs * columns * builder.slots)) * 100))} % busy`;
}
