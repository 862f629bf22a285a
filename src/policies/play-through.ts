import { compareNumber, firstDifference } from '../base/compare.ts';
import { Heap } from '../base/heap.ts';
import type { Dispatching } from '../dispatch/dispatching.ts';
import type { Placement, Problem, Schedule } from '../dispatch/problem.ts';

/**
 * Lets a policy play through with every task ending when expected.
 * @throws a 'BUG: …' error when it leaves tasks that nobody can run
 */
export function playThrough(problem: Problem, dispatching: Dispatching): Schedule {
  const running = new Heap<Placement>((a, b) =>
    firstDifference(compareNumber(a.endMs, b.endMs), compareNumber(a.task, b.task)),
  );
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
  placements.sort((a, b) =>
    firstDifference(compareNumber(a.startMs, b.startMs), compareNumber(a.task, b.task)),
  );
  return { placements, makespanMs };
}
