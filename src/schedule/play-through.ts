import { Heap } from '../base/heap.ts';
import type { Dispatching } from '../dispatch/dispatching.ts';
import type { Placement, Problem, Schedule } from '../dispatch/problem.ts';

/**
 * Lets whatever dispatches play through with every task ending when expected. What runs already is in the schedule as it is in
 * the problem.
 * @param dispatching of that problem, before its first start
 * @throws a 'BUG: …' error when it leaves tasks that nobody can run
 */
export function playThrough(problem: Problem, dispatching: Dispatching): Schedule {
  const running = new Heap<Placement>(byEnd);
  const placements: Placement[] = [...problem.running];
  for (const placement of placements) running.push(placement);
  let nowMs = 0;
  let makespanMs = 0;
  for (;;) {
    for (let next = running.peek(); next !== undefined && next.endMs <= nowMs; next = running.peek()) {
      running.pop();
      makespanMs = Math.max(makespanMs, next.endMs);
      dispatching.finish(next.task);
    }
    if (dispatching.isDone) break;
    for (const placement of dispatching.start(nowMs)) {
      running.push(placement);
      placements.push(placement);
    }
    const nextMs = Math.min(running.peek()?.endMs ?? Infinity, dispatching.nextReleaseMs(nowMs));
    if (nextMs === Infinity) throw new Error('BUG: tasks are left that no builder can run');
    nowMs = nextMs;
  }
  placements.sort((a, b) => a.startMs - b.startMs || a.task - b.task);
  return { placements, makespanMs };
}

function byEnd(a: Placement, b: Placement): number {
  return a.endMs - b.endMs || a.task - b.task;
}
