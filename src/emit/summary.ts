import { formatBytes, formatDuration } from '../base/quantity.ts';
import { tasksByStart } from '../plan/make-tasks.ts';
import type { Plan, PlanTask, PlanUnbuildable } from '../plan/plan.ts';
import type { Style } from './style.ts';
import { textTable } from './text-table.ts';

/** How many entries a list of the summary shows before it counts the rest. */
const SHOWN = 12;

/** The plan as a person reads it: per architecture how long and how good, then what is critical, broken and left out. */
export function emitSummary(plan: Plan, style: Style): string {
  const lines = [
    ...headline(plan, style),
    '',
    ...architectures(plan),
    ...section('critical chain', criticalChain(plan), style),
    ...section('largest builds', largestBuilds(plan), style),
    ...section('not waited for', breaks(plan), style),
    ...section('not in the plan', leftOut(plan), style),
    ...section('estimates', estimates(plan), style),
  ];
  return `${lines.join('\n')}\n`;
}

/** How far the makespan is above the bound, in percent: `4.1 %`; `optimal` when they are equal. */
export function formatGap(makespanMs: number, lowerBoundMs: number): string {
  if (makespanMs === lowerBoundMs) return 'optimal';
  return lowerBoundMs === 0 ? '–' : `${((makespanMs / lowerBoundMs - 1) * 100).toFixed(1)} %`;
}

function headline(plan: Plan, style: Style): readonly string[] {
  const taskCount = plan.targets.reduce((sum, target) => sum + target.tasks.length, 0);
  const { makespanMs, lowerBoundMs, lowerBoundName, builders } = plan;
  const gap =
    makespanMs === lowerBoundMs ? 'optimal' : `at most ${formatGap(makespanMs, lowerBoundMs)} above optimal`;
  return [
    style.bold(
      `${String(taskCount)} builds on ${String(builders.length)} builder${builders.length === 1 ? '' : 's'} in ${formatDuration(makespanMs)}`,
    ) + ` (no plan is shorter than ${formatDuration(lowerBoundMs)}, by ${lowerBoundName}: ${gap})`,
  ];
}

function architectures(plan: Plan): readonly string[] {
  const rows = [['', 'builds', 'makespan', 'bound', 'gap', 'RAM disk at most', 'left out']];
  for (const row of plan.architectures) {
    const ram = `${formatBytes(row.ramDiskPeakBytes)} of ${formatBytes(row.ramDiskBytes)}`;
    rows.push([
      row.arch,
      String(row.taskCount),
      formatDuration(row.makespanMs),
      formatDuration(row.lowerBoundMs),
      formatGap(row.makespanMs, row.lowerBoundMs),
      ram,
      String(row.unbuildableCount + row.notForArchCount),
    ]);
  }
  return textTable(rows, [false, true, true, true, true, true, true]);
}

function section(title: string, entries: readonly string[], style: Style): readonly string[] {
  return entries.length === 0 ? [] : ['', style.bold(title), ...entries.map((entry) => `  ${entry}`)];
}

function criticalChain(plan: Plan): readonly string[] {
  const byId = new Map(tasksByStart(plan.targets).map((task) => [task.id, task]));
  const rows = plan.criticalChain.map(({ id, waitedFor }) => {
    const task = byId.get(id);
    const waited =
      waitedFor === 'start' || waitedFor === 'need' ? '' : `after waiting for ${WAITED_FOR[waitedFor]}`;
    return [
      formatDuration(task?.startMs ?? 0),
      id,
      place(task),
      formatDuration(task?.durationMs ?? 0),
      waited,
    ];
  });
  return shorten(textTable(rows, [true, false, false, true]), 20);
}

const WAITED_FOR = { slot: 'a slot', 'ram-disk': 'RAM disk', memory: 'memory' } as const;

function largestBuilds(plan: Plan): readonly string[] {
  const rows = tasksByStart(plan.targets)
    .filter((task) => isLarge(plan, task))
    .map((task) => [
      formatBytes(task.ramDiskBytes),
      task.id,
      place(task),
      `starts at ${formatDuration(task.startMs)}`,
      `takes ${formatDuration(task.durationMs)}`,
    ]);
  return shorten(textTable(rows, [true]), SHOWN);
}

/** More than half of the largest RAM disk of the architecture: no two of them run in RAM at once. */
function isLarge(plan: Plan, task: PlanTask): boolean {
  const arch = plan.builders.find((builder) => builder.name === task.builder)?.arch;
  const largest = Math.max(
    0,
    ...plan.builders.filter((builder) => builder.arch === arch).map((builder) => builder.ramDiskBytes),
  );
  return task.ramDiskBytes > largest / 2;
}

function breaks(plan: Plan): readonly string[] {
  const entries = plan.breaks.flatMap(({ from, to, kind, reason, servedBy }) => [
    kind === 'existing-binary'
      ? `${from} → ${to}: opens a cycle; ${servedBy ?? 'what exists'} serves`
      : `${from} → ${to}: a later layer; ${servedBy === undefined ? 'nothing that exists serves' : `${servedBy} serves`}`,
    `  ${reason}`,
  ]);
  return shorten(entries, 2 * SHOWN, 2);
}

function leftOut(plan: Plan): readonly string[] {
  const kinds: readonly PlanUnbuildable['kind'][] = [
    'hard-cycle',
    'needs-unbuildable',
    'missing',
    'not-for-arch',
  ];
  return kinds.flatMap((kind) => {
    const entries = plan.unbuildable.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return [];
    const lines = entries.map((entry) =>
      kind === 'not-for-arch'
        ? `${entry.source} (${entry.reason})`
        : `${entry.unit ?? entry.source}: ${entry.reason}`,
    );
    const title = kind === 'not-for-arch' ? notForArchTitle(entries) : KIND_TITLES[kind];
    return [`${title}: ${String(entries.length)}`, ...shorten(lines, SHOWN).map((line) => `  ${line}`)];
  });
}

function notForArchTitle(entries: readonly PlanUnbuildable[]): string {
  return `not meant for ${[...new Set(entries.map((entry) => entry.arch))].join(', ')}`;
}

const KIND_TITLES = {
  'hard-cycle': 'in a cycle without a way out',
  'needs-unbuildable': 'needs one that is not built',
  missing: 'needs what nothing provides',
} as const;

function estimates(plan: Plan): readonly string[] {
  const counts = new Map<string, number>();
  const tasks = tasksByStart(plan.targets);
  for (const { estimatedBy } of tasks)
    counts.set(estimatedBy.duration, (counts.get(estimatedBy.duration) ?? 0) + 1);
  const parts = [...counts.entries()]
    .sort(([, a], [, b]) => b - a)
    .map(([by, count]) => `${String(count)} by ${by}`);
  return tasks.length === 0 ? [] : [`durations: ${parts.join(', ')}`];
}

function place(task: PlanTask | undefined): string {
  return task === undefined ? '' : `${task.builder} ${task.mode}`;
}

function shorten(lines: readonly string[], limit: number, linesPerEntry = 1): readonly string[] {
  if (lines.length <= limit) return lines;
  const rest = Math.ceil((lines.length - limit) / linesPerEntry);
  return [...lines.slice(0, limit), `… and ${String(rest)} more, in the plan`];
}
