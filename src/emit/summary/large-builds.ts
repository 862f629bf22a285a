import { formatBytes, formatDuration } from '../../base/quantity.ts';
import { tasksByStart } from '../../plan/make-tasks.ts';
import type { Plan, PlanTask } from '../../plan/plan.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';
import { shorten, type Shown } from './lines.ts';
import { paintPlace, placeOf, startOf } from './place.ts';
import { labelUnit, type UnitNames } from './unit-names.ts';

const SHOWN = 4;

/** The builds of which no two run in RAM at once, the largest first. */
export function largeBuilds(plan: Plan, names: UnitNames, shown: Shown, style: Style): readonly string[] {
  const rows = tasksByStart(plan.targets)
    .filter((task) => isLarge(plan, task))
    .sort((a, b) => b.ramDiskBytes - a.ramDiskBytes)
    .map((task) => [
      formatBytes(task.ramDiskBytes),
      labelUnit(task.id, names, plan),
      placeOf(task),
      `starts at ${startOf(task)}`,
      `takes ${formatDuration(task.durationMs)}`,
    ]);
  const paint = (cell: string, column: number): string => (column === 2 ? paintPlace(cell, style) : cell);
  return shorten(textTable(rows, [true], paint), SHOWN, shown);
}

/** More than half of the largest RAM disk of the architecture: no two of them run in RAM at once. */
function isLarge(plan: Plan, task: PlanTask): boolean {
  const arch = plan.builders.find((builder) => builder.name === task.builder)?.arch;
  const ramDisks = plan.builders.filter((builder) => builder.arch === arch);
  const largest = Math.max(0, ...ramDisks.map((builder) => builder.ramDiskBytes));
  return largest > 0 && task.ramDiskBytes > largest / 2;
}
