import { formatBytes, formatDuration } from '../base/quantity.ts';
import { tasksByStart } from '../plan/make-tasks.ts';
import type { Plan, PlanChainLink, PlanTask } from '../plan/plan.ts';
import type { Style } from './style.ts';
import { formatBinding } from './summary/binding.ts';
import { leftOut } from './summary/left-out.ts';
import { count, shorten, wrap } from './summary/lines.ts';
import { notWaitedFor } from './summary/not-waited-for.ts';
import { labelUnit, nameUnits, type UnitNames } from './summary/unit-names.ts';
import { textTable } from './text-table.ts';

/** How many rows a table shows before it counts the rest. */
const SHOWN = 8;

/**
 * The plan as a person reads it, on one page: how long and how good, per architecture; what is critical; where the large
 * builds go; what isn't waited for; what is left out. All of it stands in the plan in full.
 */
export function emitSummary(plan: Plan, style: Style): string {
  const names = nameUnits(plan);
  const lines = [
    ...headline(plan, names, style),
    '',
    ...architectures(plan),
    ...section(chainTitle(plan), criticalChain(plan, names), style),
    ...section('builds larger than half of the RAM disk', largeBuilds(plan, names), style),
    ...section('not waited for', notWaitedFor(plan, names), style),
    ...section('not in the plan', leftOut(plan, names), style),
    ...section('estimates', estimates(plan), style),
  ];
  return `${lines.join('\n')}\n`;
}

function headline(plan: Plan, names: UnitNames, style: Style): readonly string[] {
  const { makespanMs, lowerBoundMs, builders } = plan;
  const taskCount = tasksByStart(plan.targets).length;
  if (taskCount === 0) return [style.bold('nothing to build')];
  const binding = formatBinding(plan.lowerBoundBinding, lowerBoundMs, (id) => labelUnit(id, names, plan));
  const distance =
    makespanMs === lowerBoundMs
      ? 'this plan is optimal'
      : `this plan is at most ${formatGap(makespanMs, lowerBoundMs)} above optimal`;
  return [
    style.bold(
      `${count(taskCount, 'build')} on ${count(builders.length, 'builder')} in ${formatDuration(makespanMs)}`,
    ),
    `no plan is shorter than ${formatDuration(lowerBoundMs)}: ${distance}`,
    `  what binds: ${binding}`,
  ];
}

/** How far the makespan is above the bound, in percent: `4.1 %`; `optimal` when they are equal. */
function formatGap(makespanMs: number, lowerBoundMs: number): string {
  if (makespanMs === lowerBoundMs) return 'optimal';
  return lowerBoundMs === 0 ? '–' : `${((makespanMs / lowerBoundMs - 1) * 100).toFixed(1)} %`;
}

function architectures(plan: Plan): readonly string[] {
  const rows = [['', 'builds', 'makespan', 'bound', 'gap', 'RAM disk at peak', 'left out']];
  for (const row of plan.architectures) {
    rows.push([
      row.arch,
      String(row.taskCount),
      formatDuration(row.makespanMs),
      formatDuration(row.lowerBoundMs),
      formatGap(row.makespanMs, row.lowerBoundMs),
      `${formatBytes(row.ramDiskPeakBytes)} of ${formatBytes(row.ramDiskBytes)}`,
      String(row.unbuildableCount + row.notForArchCount),
    ]);
  }
  return textTable(rows, [false, true, true, true, true, true, true]);
}

function section(title: string, entries: readonly string[], style: Style): readonly string[] {
  return entries.length === 0 ? [] : ['', style.bold(title), ...entries.map((entry) => `  ${entry}`)];
}

function chainTitle({ criticalChain: chain }: Plan): string {
  const isHeldUp = ({ waitedFor }: PlanChainLink): boolean =>
    waitedFor !== 'start' && waitedFor !== 'need' && waitedFor !== 'release';
  const waits = chain.filter(isHeldUp).length;
  const why =
    waits === 0 ? 'each needs the one before' : `${String(waits)} of them held up by a full builder`;
  return `critical chain: ${count(chain.length, 'build')}${chain.length < 2 ? '' : `, ${why}`}`;
}

/** The longest of the chain, in order of time. */
function criticalChain(plan: Plan, names: UnitNames): readonly string[] {
  const byId = new Map(tasksByStart(plan.targets).map((task) => [task.id, task]));
  const links = plan.criticalChain.flatMap(({ id, waitedFor }) => {
    const task = byId.get(id);
    return task === undefined ? [] : [{ task, waitedFor }];
  });
  const byDuration = [...links].sort((a, b) => b.task.durationMs - a.task.durationMs);
  const shown = new Set(byDuration.slice(0, SHOWN));
  const rows = links
    .filter((link) => shown.has(link))
    .map(({ task, waitedFor }) => [
      formatStart(task),
      labelUnit(task.id, names, plan),
      place(task),
      formatDuration(task.durationMs),
      WAITED_FOR[waitedFor],
    ]);
  const rest = links.length - rows.length;
  const more =
    rest === 0 ? [] : [`… and ${String(rest)} shorter ${rest === 1 ? 'one' : 'ones'}, in the plan`];
  return [...textTable(rows, [true, false, false, true]), ...more];
}

const WAITED_FOR = {
  start: '',
  need: '',
  release: 'not before',
  slot: 'waited for a slot',
  'ram-disk': 'waited for RAM disk',
  memory: 'waited for memory',
  'disk-slot': 'waited for a build on disk to end',
  cores: 'waited for cores',
} as const;

function largeBuilds(plan: Plan, names: UnitNames): readonly string[] {
  const rows = tasksByStart(plan.targets)
    .filter((task) => isLarge(plan, task))
    .map((task) => [
      formatBytes(task.ramDiskBytes),
      labelUnit(task.id, names, plan),
      place(task),
      `starts at ${formatStart(task)}`,
      `takes ${formatDuration(task.durationMs)}`,
    ]);
  return shorten(textTable(rows, [true]), SHOWN);
}

/** More than half of the largest RAM disk of the architecture: no two of them run in RAM at once. */
function isLarge(plan: Plan, task: PlanTask): boolean {
  const arch = plan.builders.find((builder) => builder.name === task.builder)?.arch;
  const ramDisks = plan.builders.filter((builder) => builder.arch === arch);
  const largest = Math.max(0, ...ramDisks.map((builder) => builder.ramDiskBytes));
  return largest > 0 && task.ramDiskBytes > largest / 2;
}

/** Who estimated how many of the builds; one line where times and sizes come from the same. */
function estimates(plan: Plan): readonly string[] {
  const tasks = tasksByStart(plan.targets);
  if (tasks.length === 0) return [];
  const times = countBy(tasks, 'duration');
  const sizes = countBy(tasks, 'ramDisk');
  const assumed = tasks.filter(({ estimatedBy }) => estimatedBy.duration === 'default').length;
  const hint = assumed * 2 > tasks.length ? ': --history FILE knows more' : '';
  if (times === sizes) return wrap(`durations and sizes: ${times}${hint}`, '', 3);
  return [...wrap(`durations: ${times}${hint}`, '', 3), ...wrap(`sizes: ${sizes}`, '', 3)];
}

function countBy(tasks: readonly PlanTask[], quantity: keyof PlanTask['estimatedBy']): string {
  return Object.entries(ESTIMATED_BY)
    .flatMap(([by, words]) => {
      const found = tasks.filter(({ estimatedBy }) => estimatedBy[quantity] === by).length;
      return found === 0 ? [] : [`${String(found)} ${words}`];
    })
    .join(', ');
}

const ESTIMATED_BY: Readonly<Record<PlanTask['estimatedBy']['duration'], string>> = {
  override: 'from the estimates file',
  declared: 'from the declared size',
  history: 'from builds before',
  prior: 'from what the source is',
  default: 'assumed',
};

function formatStart({ startMs }: PlanTask): string {
  return startMs === 0 ? '0s' : formatDuration(startMs);
}

function place(task: PlanTask): string {
  return `${task.builder} ${task.mode}`;
}
