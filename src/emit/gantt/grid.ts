import type { UsageStep } from '../../plan/usage-steps.ts';

/** The time axis in a terminal: a plan's whole length in so many cells of the same time. */
export interface TimeGrid {
  readonly columns: number;
  readonly cellMs: number;
}

export function timeGrid(endMs: number, columns: number): TimeGrid {
  return { columns, cellMs: Math.max(1, endMs) / columns };
}

/** The cells that a stretch of time fills, at least its half of each; none where it is too short. Stretches that don't overlap share no cell. */
export function cellsOf(
  { cellMs, columns }: TimeGrid,
  startMs: number,
  endMs: number,
): { readonly from: number; readonly until: number } {
  return { from: Math.round(startMs / cellMs), until: Math.min(columns, Math.round(endMs / cellMs)) };
}

/** The largest value within each cell. */
export function highestByCell(
  grid: TimeGrid,
  usage: readonly UsageStep[],
  value: (step: UsageStep) => number,
): readonly number[] {
  const highest = new Array<number>(grid.columns).fill(0);
  visitCells(grid, usage, (cell, step) => {
    highest[cell] = Math.max(highest[cell] ?? 0, value(step));
  });
  return highest;
}

/** The mean over each cell's time. */
export function meanByCell(
  grid: TimeGrid,
  usage: readonly UsageStep[],
  value: (step: UsageStep) => number,
): readonly number[] {
  const { cellMs } = grid;
  const mean = new Array<number>(grid.columns).fill(0);
  visitCells(grid, usage, (cell, step, endMs) => {
    const sharedMs = Math.min(endMs, (cell + 1) * cellMs) - Math.max(step.atMs, cell * cellMs);
    mean[cell] = (mean[cell] ?? 0) + (value(step) * sharedMs) / cellMs;
  });
  return mean;
}

/** Each cell with each step that lasts in it, and when that ends. */
function visitCells(
  { columns, cellMs }: TimeGrid,
  usage: readonly UsageStep[],
  visit: (cell: number, step: UsageStep, endMs: number) => void,
): void {
  for (const [index, step] of usage.entries()) {
    const endMs = usage[index + 1]?.atMs ?? step.atMs;
    for (let cell = Math.floor(step.atMs / cellMs); cell < Math.min(columns, endMs / cellMs); cell++)
      visit(cell, step, endMs);
  }
}

const HEIGHTS = ' ▁▂▃▄▅▆▇█';

/** A part of a whole, 0 .. 1, as the height of a cell; whatever is above nothing is seen. */
export function heightOf(part: number): string {
  const eighths = part <= 0 ? 0 : Math.min(8, Math.max(1, Math.round(part * 8)));
  return HEIGHTS.charAt(eighths);
}
