import { tasksByStart } from '../../plan/make-tasks.ts';
import type { Plan, PlanTask } from '../../plan/plan.ts';
import { wrap } from './lines.ts';

/** Who estimated how many of the builds; one line where times and sizes come from the same. */
export function estimates(plan: Plan): readonly string[] {
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
  const counts = new Map<string, number>();
  for (const { estimatedBy } of tasks) {
    const by = estimatedBy[quantity];
    counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  return Object.entries(ESTIMATED_BY)
    .flatMap(([by, words]) => {
      const found = counts.get(by) ?? 0;
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
