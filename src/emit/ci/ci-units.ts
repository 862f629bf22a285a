import { at } from '../../base/column.ts';
import { firstDifference, compareText } from '../../base/compare.ts';
import { tasksByStart } from '../../plan/make-tasks.ts';
import type { Plan, PlanTarget, PlanTask } from '../../plan/plan.ts';
import { buildCommands } from '../command/build-commands.ts';
import type { EmitOptions } from '../emitter.ts';
import { reduceNeeds } from '../reduce-needs.ts';
import { taskSlugs } from '../task-slugs.ts';

/** A build as a job of a CI system. */
export interface CiUnit {
  readonly task: PlanTask;
  readonly target: PlanTarget['target'];
  /** Letters, digits and `._+-`; unique. */
  readonly slug: string;
  /** POSIX sh, of one line or several, that may end in a comment. */
  readonly command: string;
  /** What it waits for, without what follows from others: places in the list of units, ascending; all before this one's own. */
  readonly needs: readonly number[];
  /** 0: waits for nothing; else one more than the largest of what it waits for. */
  readonly level: number;
  /** A build that takes so much longer than estimated hangs. */
  readonly timeoutMinutes: number;
}

/** The builds in the order in which they start; what a build needs stands before it. O(n log n) and `reduceNeeds` */
export function ciUnits(plan: Plan, options: EmitOptions): readonly CiUnit[] {
  const slugs = taskSlugs(plan);
  const commands = buildCommands(plan, options);
  const targets = new Map(
    plan.targets.flatMap(({ target, tasks }) => tasks.map(({ id }) => [id, target] as const)),
  );
  const tasks = tasksByStart(plan.targets);
  const levels = levelsOf(tasks);
  const levelOf = (task: PlanTask): number => levels.get(task.id) ?? 0;
  // builds that take no time start together with what needs them
  const ordered = [...tasks].sort((a, b) =>
    firstDifference(a.startMs - b.startMs, levelOf(a) - levelOf(b), compareText(a.id, b.id)),
  );
  const places = new Map(ordered.map(({ id }, place) => [id, place]));
  const reduced = reduceNeeds(ordered.map(({ needs }) => needs.flatMap((need) => places.get(need) ?? [])));
  return ordered.flatMap((task, place) => {
    const target = targets.get(task.id);
    if (target === undefined) return [];
    const needs = at(reduced, place);
    const slug = slugs.get(task.id) ?? '';
    const command = commands.get(task.id) ?? '';
    return [{ task, target, slug, command, needs, level: levelOf(task), timeoutMinutes: timeoutOf(task) }];
  });
}

/** Longest chain of needs before each task. What waits in a ring gets no level. */
function levelsOf(tasks: readonly PlanTask[]): ReadonlyMap<string, number> {
  const dependents = new Map<string, PlanTask[]>();
  const waiting = new Map<string, number>();
  for (const task of tasks) {
    waiting.set(task.id, task.needs.length);
    for (const need of task.needs) {
      const list = dependents.get(need);
      if (list === undefined) dependents.set(need, [task]);
      else list.push(task);
    }
  }
  const levels = new Map<string, number>();
  let ready = tasks.filter(({ needs }) => needs.length === 0);
  for (let level = 0; ready.length > 0; level++) {
    const next: PlanTask[] = [];
    for (const { id } of ready) {
      levels.set(id, level);
      for (const task of dependents.get(id) ?? []) {
        const left = (waiting.get(task.id) ?? 0) - 1;
        waiting.set(task.id, left);
        if (left === 0) next.push(task);
      }
    }
    ready = next;
  }
  return levels;
}

/** Three times what nine builds of ten stay below, and ten minutes for what surrounds it; in steps of five minutes. */
function timeoutOf({ durationMs, workMs, workUpperMs }: PlanTask): number {
  const upperMs = durationMs * Math.max(1, workUpperMs / Math.max(1, workMs));
  return 5 * Math.ceil((10 + (3 * upperMs) / 60_000) / 5);
}
