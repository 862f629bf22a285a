import { formatBytes, formatDuration } from '../../base/quantity.ts';
import { tasksByStart } from '../../plan/make-tasks.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';
import { shorten, type Shown } from './lines.ts';
import { paintPlace, placeOf, startOf } from './place.ts';
import { labelUnit, type UnitNames } from './unit-names.ts';

const SHOWN = 4;

/** The builds of which no two run in RAM at once, the largest first. */
export function largeBuilds(plan: Plan, names: UnitNames, shown: Shown, style: Style): readonly string[] {
  const largest = largestRamDisks(plan);
  const rows = tasksByStart(plan.targets)
    .filter(({ builder, ramDiskBytes }) => ramDiskBytes > (largest.get(builder) ?? Infinity) / 2)
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

/** The largest RAM disk of each builder's architecture, where it has one: of what takes more than half of it no two run in RAM at once. */
function largestRamDisks({ builders }: Plan): ReadonlyMap<string, number> {
  return new Map(
    builders.flatMap(({ name, arch }): readonly (readonly [string, number])[] => {
      const own = builders.filter((builder) => builder.arch === arch);
      const largest = Math.max(...own.map((builder) => builder.ramDiskBytes));
      return largest > 0 ? [[name, largest]] : [];
    }),
  );
}
