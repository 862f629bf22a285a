import { Heap } from '../base/heap.ts';
import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { DispatchRule, Placement, Problem, Schedule } from '../dispatch/problem.ts';

/**
 * Lets the dispatcher play through with every task ending when expected: the parallel schedule generation scheme. What runs
 * already is in the schedule as it is in the problem.
 * @throws a 'BUG: …' error when a task fits no builder: report what `findImpossible` finds first
 * @see Kolisch 1996, on serial and parallel schedule generation
 */
export function listSchedule(problem: Problem, rule: DispatchRule): Schedule {
  const dispatcher = new Dispatcher(problem, rule);
  const running = new Heap<Placement>(byEnd);
  const placements: Placement[] = [...problem.running];
  for (const placement of placements) running.push(placement);
  let nowMs = 0;
  let makespanMs = 0;
  for (;;) {
    for (let next = running.peek(); next !== undefined && next.endMs <= nowMs; next = running.peek()) {
      running.pop();
      makespanMs = Math.max(makespanMs, next.endMs);
      dispatcher.finish(next.task);
    }
    if (dispatcher.isDone) break;
    for (const placement of dispatcher.start(nowMs)) {
      running.push(placement);
      placements.push(placement);
    }
    const nextMs = Math.min(running.peek()?.endMs ?? Infinity, dispatcher.nextReleaseMs(nowMs));
    if (nextMs === Infinity) throw new Error('BUG: tasks are left that no builder can run');
    nowMs = nextMs;
  }
  placements.sort((a, b) => a.startMs - b.startMs || a.task - b.task);
  return { placements, makespanMs };
}

function byEnd(a: Placement, b: Placement): number {
  return a.endMs - b.endMs || a.task - b.task;
}
