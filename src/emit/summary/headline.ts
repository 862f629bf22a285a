import { formatDuration } from '../../base/quantity.ts';
import { tasksByStart } from '../../plan/make-tasks.ts';
import type { Plan, PlanRan } from '../../plan/plan.ts';
import type { Style } from '../style.ts';
import { formatBinding } from './binding.ts';
import { count } from './lines.ts';
import { showControls } from '../visible-controls.ts';
import { labelUnit, type UnitNames } from './unit-names.ts';

/** How long the plan takes, how far that is from the best that is possible, and what keeps it from being shorter: three lines, or one where nothing is built. */
export function headline(plan: Plan, names: UnitNames, style: Style): readonly string[] {
  const { makespanMs, lowerBoundMs, builders } = plan;
  const taskCount = tasksByStart(plan.targets).length;
  if (taskCount === 0) return [style.bold('nothing to build')];
  const binding = formatBinding(plan.lowerBoundBinding, lowerBoundMs, (id) => labelUnit(id, names, plan));
  const gap = formatGap(makespanMs, lowerBoundMs);
  if (plan.ran !== undefined) return ranLines(plan, plan.ran, taskCount, binding, style);
  const distance =
    makespanMs === lowerBoundMs
      ? 'this plan is optimal'
      : `this plan is ${gap.startsWith('<') ? gap.replace('<', 'less than') : `at most ${gap}`} above optimal`;
  return [
    style.bold(
      `${count(taskCount, 'build')} on ${count(builders.length, 'builder')} in ${formatDuration(makespanMs)}`,
    ),
    `no plan is shorter than ${formatDuration(lowerBoundMs)}: ${paintGap(distance, makespanMs, lowerBoundMs, style)}`,
    `  what binds: ${binding}`,
  ];
}

/** The same for what took place. */
function ranLines(
  { makespanMs, lowerBoundMs, builders }: Plan,
  { plan, attempts, pausedMs }: PlanRan,
  taskCount: number,
  binding: string,
  style: Style,
): readonly string[] {
  const pause = pausedMs === 0 ? '' : `; ${formatDuration(pausedMs)} of pauses are left out`;
  const more = attempts > taskCount ? ` in ${count(attempts, 'attempt')}` : '';
  return [
    style.bold(
      `${count(taskCount, 'build')} ran on ${count(builders.length, 'builder')} in ${formatDuration(makespanMs)}`,
    ),
    `what took place when ${showControls(plan)} was run${more}${pause}`,
    `  the longest chain took ${formatDuration(lowerBoundMs)}: ${binding.replace(/^the chain /, '')}`,
  ];
}

/** What to try where much may be to be gained and no long search was made: a line, or none. */
export function searchHint({ makespanMs, lowerBoundMs, ran, options }: Plan): readonly string[] {
  const isFar = makespanMs - lowerBoundMs > lowerBoundMs * BAD;
  if (!isFar || ran !== undefined || options.search.schedules > 0) return [];
  return ['  a longer search may find a shorter plan: --effort 2'];
}

/** How far the makespan is above the bound, in percent: `4.1 %`, `< 0.1 %`; `optimal` when they are equal. */
export function formatGap(makespanMs: number, lowerBoundMs: number): string {
  if (makespanMs === lowerBoundMs) return 'optimal';
  if (lowerBoundMs === 0) return '–';
  const percent = (makespanMs / lowerBoundMs - 1) * 100;
  return percent < 0.05 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

/** Above it, as a part of the bound, a better plan may be worth a longer search. */
const [GOOD, BAD] = [0.01, 0.1];

/** Words about a gap: green where nothing is to be gained, yellow where much is. */
export function paintGap(words: string, makespanMs: number, lowerBoundMs: number, style: Style): string {
  const gap = makespanMs - lowerBoundMs;
  if (gap <= lowerBoundMs * GOOD) return style.green(words);
  return gap > lowerBoundMs * BAD ? style.yellow(words) : words;
}
