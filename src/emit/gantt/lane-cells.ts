import type { PlanTask } from '../../plan/plan.ts';
import type { Style } from '../style.ts';
import type { UnitNames } from '../summary/unit-names.ts';
import { cellsOf, type TimeGrid } from './grid.ts';

/** What fills the cells of a build; the last one is narrower, so that the next build stands apart. */
export const FILLS = {
  ram: { cell: '█', last: '▉', paint: 'cyan' },
  disk: { cell: '▒', last: '▒', paint: 'yellow' },
  critical: { cell: '▚', last: '▞', paint: 'red' },
} as const satisfies Readonly<Record<string, Fill>>;

interface Fill {
  readonly cell: string;
  readonly last: string;
  readonly paint: 'cyan' | 'yellow' | 'red';
}

/** What a lane is drawn by. */
export interface LaneOptions {
  readonly grid: TimeGrid;
  readonly names: UnitNames;
  readonly style: Style;
  readonly fillOf: (task: PlanTask) => Fill;
}

/** Builds one after the other, each with its name where that fits; those shorter than half a cell show where nothing else is. */
export function drawLane(tasks: readonly PlanTask[], { grid, names, style, fillOf }: LaneOptions): string {
  let line = '';
  let column = 0;
  for (const task of tasks) {
    const { from, until } = cellsOf(grid, task.startMs, task.startMs + task.durationMs);
    const fill = fillOf(task);
    if (until <= from) {
      if (from < column || from >= grid.columns) continue;
      line += ' '.repeat(from - column) + style[fill.paint]('▏');
      column = from + 1;
      continue;
    }
    const first = Math.max(from, column); // a short build may have taken the cell before
    if (until <= first) continue;
    line += ' '.repeat(first - column) + style[fill.paint](bar(nameOf(task, names), until - first, fill));
    column = until;
  }
  return line + ' '.repeat(grid.columns - column);
}

function bar(name: string, width: number, { cell, last }: Fill): string {
  const label = name.length < width ? name : '';
  return `${label}${cell.repeat(width - label.length - 1)}${last}`;
}

/** Letters that take one cell each; a name with others is not shown. */
const NARROW = /^[!-~\u00a1-\u02ff]+$/;

function nameOf({ id }: PlanTask, names: UnitNames): string {
  const name = names.get(id)?.name ?? id;
  return NARROW.test(name) ? name : '';
}
