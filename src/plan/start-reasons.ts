import { at } from '../base/column.ts';
import { explainStarts, type WaitedFor } from '../schedule/explain-starts.ts';
import type { Plan } from './plan.ts';
import { problemOfPlan } from './problem-of-plan.ts';

/** Why a task starts when it does. */
export interface PlanStartReason {
  readonly waitedFor: WaitedFor;
  /** Id of the task whose end let it start; undefined where there is none. */
  readonly after: string | undefined;
  /** When all that it needs had ended: from then on it waited for room. */
  readonly readyMs: number;
}

/** The reason of each task, by id, as `explainStarts` finds it. @throws UserError for a plan that contradicts itself */
export function startReasons(plan: Plan): ReadonlyMap<string, PlanStartReason> {
  const { problem, schedule, tasks } = problemOfPlan(plan, 'the plan');
  const reasons = explainStarts(problem, schedule);
  return new Map(
    schedule.placements.map(({ task }, index) => {
      const { waitedFor, before, readyMs } = at(reasons, index);
      const after = before === undefined ? undefined : at(tasks, before.task).id;
      return [at(tasks, task).id, { waitedFor, after, readyMs }];
    }),
  );
}
