import type { Diagnostic } from '../base/diagnostic.ts';
import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { Ended } from '../dispatch/dispatching.ts';
import type { Problem } from '../dispatch/problem.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import { placeRunning } from './place-running.ts';
import type { Standing } from './standing.ts';

/** What is left of a plan, as a problem of its own whose clock is 0 now. */
export interface Rest {
  readonly problem: Problem;
  readonly ended: Ended;
  readonly warnings: readonly Diagnostic[];
}

/** Poses what is left. O(tasks + running × slots) */
export function poseRest(planProblem: PlanProblem, standing: Standing): Rest {
  const { placements, warnings, ...counted } = placeRunning(planProblem, standing.running);
  const { finished, failed, forDisk } = standing;
  const problem = { ...planProblem.problem, ...counted, running: placements };
  return { problem, ended: { finished, failed, forDisk }, warnings };
}

/** The dispatcher that goes on with it. */
export function dispatchRest({ problem, ended }: Rest, { rule }: PlanProblem): Dispatcher {
  return new Dispatcher(problem, rule, ended);
}
