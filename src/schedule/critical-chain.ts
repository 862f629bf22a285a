import type { Placement, Problem, Schedule } from '../dispatch/problem.ts';
import { startExplainer, type WaitedFor } from './explain-starts.ts';

export interface ChainLink {
  readonly task: number;
  readonly waitedFor: WaitedFor;
}

/**
 * Why the plan takes as long as it does: tasks from the start to the last end, each starting exactly when the one before it
 * ends. A task is critical when it is in this chain; it begins with a task that waited for nothing or for its release. Each is
 * let go by the one that `explainStarts` names; of several last tasks the lowest id ends the chain.
 * @param isCounted which tasks may end the chain; without it all of them
 * @returns in order of time; empty for an empty schedule. O(n log n + edges)
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem, schedule } = problemOfPlan(plan, 'plan.json');
 * const [first] = criticalChain(problem, schedule);
 * first.task < problem.taskCount; // → true
 */
export function criticalChain(
  problem: Problem,
  schedule: Schedule,
  isCounted: (task: number) => boolean = () => true,
): readonly ChainLink[] {
  const explain = startExplainer(problem, schedule);
  const links: ChainLink[] = [];
  let placement = lastToEnd(schedule.placements.filter(({ task }) => isCounted(task)));
  while (placement !== undefined) {
    const { waitedFor, before } = explain(placement);
    links.push({ task: placement.task, waitedFor });
    placement = before;
  }
  return links.reverse();
}

function lastToEnd(placements: readonly Placement[]): Placement | undefined {
  let last: Placement | undefined;
  for (const placement of placements) {
    if (
      last === undefined ||
      placement.endMs > last.endMs ||
      (placement.endMs === last.endMs && placement.task < last.task)
    )
      last = placement;
  }
  return last;
}
