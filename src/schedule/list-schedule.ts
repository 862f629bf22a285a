import { compareNumber, firstDifference } from '../base/compare.ts';
import { Heap } from '../base/heap.ts';
import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { DispatchRule, Placement, Problem, Schedule } from '../dispatch/problem.ts';

/**
 * Lets the dispatcher play through with every task ending when expected: the parallel schedule generation scheme.
 * @throws a 'BUG: …' error when a task fits no builder: report what `findImpossible` finds first
 * @see Kolisch 1996, on serial and parallel schedule generation
 */
export function listSchedule(problem: Problem, rule: DispatchRule): Schedule {
  const dispatcher = new Dispatcher(problem, rule);
  const running = new Heap<Placement>((a, b) =>
    firstDifference(compareNumber(a.endMs, b.endMs), compareNumber(a.task, b.task)),
  );
  const placements: Placement[] = [];
  let nowMs = 0;
  while (!dispatcher.isDone) {
    for (const placement of dispatcher.start(nowMs)) {
      running.push(placement);
      placements.push(placement);
    }
    const first = running.pop();
    if (first === undefined) throw new Error('BUG: tasks are left that no builder can run');
    nowMs = first.endMs;
    dispatcher.finish(first.task);
    for (let next = running.peek(); next?.endMs === nowMs; next = running.peek()) {
      running.pop();
      dispatcher.finish(next.task);
    }
  }
  placements.sort((a, b) =>
    firstDifference(compareNumber(a.startMs, b.startMs), compareNumber(a.task, b.task)),
  );
  return { placements, makespanMs: nowMs };
}
