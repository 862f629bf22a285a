import { compareText } from '../../base/compare.ts';
import { at } from '../../base/column.ts';
import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { ReportTasks } from '../report-data.ts';
import { waitedForWords } from './explain-start.ts';
import { estimatorWords } from './dimensions.ts';
import { endMs } from './lanes.ts';
import { archOf, type PlanView } from './plan-view.ts';
import { formatTime } from './words.ts';

/** A column of the table of builds. */
export interface TaskColumn {
  readonly label: string;
  readonly isNumber: boolean;
  readonly text: (view: PlanView, task: number) => string;
  /** What it is sorted by. */
  readonly key: (view: PlanView, task: number) => number | string;
}

function number(
  label: string,
  read: (tasks: ReportTasks, task: number) => number,
  format: (value: number) => string,
): TaskColumn {
  return {
    label,
    isNumber: true,
    text: ({ plan }, task) => format(read(plan.tasks, task)),
    key: ({ plan }, task) => read(plan.tasks, task),
  };
}

function words(label: string, read: (view: PlanView, task: number) => string): TaskColumn {
  return { label, isNumber: false, text: read, key: read };
}

/** In their order from left to right. */
export const TASK_COLUMNS = {
  source: words('Build', (view, task) => at(view.names, task)),
  arch: words('Arch', ({ plan }, task) => archOf(plan.tasks, task)),
  layer: words('Layer', ({ plan: { tasks } }, task) => at(tasks.layers, at(tasks.layerOf, task))),
  builder: words('Builder', ({ plan }, task) => at(plan.builders, at(plan.tasks.builderOf, task)).name),
  mode: words('Mode', ({ plan }, task) => (at(plan.tasks.isInRam, task) === 1 ? 'RAM' : 'disk')),
  start: number('Start', (tasks, task) => at(tasks.startMs, task), formatTime),
  duration: number('Takes', (tasks, task) => at(tasks.durationMs, task), formatDuration),
  end: number('End', endMs, formatTime),
  ramDisk: number('RAM disk', (tasks, task) => at(tasks.ramDiskBytes, task), formatBytes),
  waited: number(
    'Waited',
    (tasks, task) => Math.max(at(tasks.startMs, task) - at(tasks.readyMs, task), 0),
    (ms) => (ms === 0 ? '–' : formatDuration(ms)),
  ),
  for: words('for', waitedForWords),
  estimate: words('Estimate from', ({ plan: { tasks } }, task) =>
    estimatorWords(at(tasks.estimators, at(tasks.durationBy, task))),
  ),
} as const satisfies Readonly<Record<string, TaskColumn>>;

export type TaskColumnName = keyof typeof TASK_COLUMNS;

export function isTaskColumnName(name: string): name is TaskColumnName {
  return Object.hasOwn(TASK_COLUMNS, name);
}

/** By what the table is sorted; equal ones by start, as the plan has them. */
export interface Sorting {
  readonly by: TaskColumnName;
  readonly isDescending: boolean;
}

/** The tasks that match, sorted. O(n log n) */
export function sortTasks(view: PlanView, matches: Uint8Array, { by, isDescending }: Sorting): Uint32Array {
  const column: TaskColumn = TASK_COLUMNS[by];
  const sign = isDescending ? -1 : 1;
  const keys = view.names.map((_, task) => column.key(view, task));
  const found = keys.map((_, task) => task).filter((task) => at(matches, task) === 1);
  found.sort((a, b) => sign * compareKeys(at(keys, a), at(keys, b)) || a - b);
  return Uint32Array.from(found);
}

function compareKeys(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
}
