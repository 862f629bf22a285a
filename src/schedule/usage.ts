import { at } from '../base/column.ts';
import { memoryDemand, ramDiskDemand, type Problem, type Schedule } from '../dispatch/problem.ts';

/** What the builds of one builder take together. */
export interface Usage {
  readonly slots: number;
  readonly ramDiskBytes: number;
  readonly memoryBytes: number;
}

interface Event {
  readonly atMs: number;
  readonly task: number;
  readonly isStart: boolean;
  readonly ramDiskBytes: number;
  readonly memoryBytes: number;
}

/**
 * What each task found taken on its builder just before it started: the builds that end in that very moment included.
 * @returns one cell a task. O(n log n)
 */
export function usageBeforeStarts(problem: Problem, schedule: Schedule): readonly Usage[] {
  const eventsOf = problem.builders.map((): Event[] => []);
  for (const { task, builder, mode, startMs, endMs } of schedule.placements) {
    const ramDiskBytes = ramDiskDemand(problem, task, mode);
    const memoryBytes = memoryDemand(problem, task, mode);
    at(eventsOf, builder).push(
      { atMs: startMs, task, isStart: true, ramDiskBytes, memoryBytes },
      { atMs: endMs, task, isStart: false, ramDiskBytes, memoryBytes },
    );
  }
  const usage = Array.from<Usage>({ length: problem.taskCount }).fill(NOTHING);
  for (const events of eventsOf) sweep(events, usage);
  return usage;
}

const NOTHING: Usage = { slots: 0, ramDiskBytes: 0, memoryBytes: 0 };

function sweep(events: Event[], usage: Usage[]): void {
  events.sort((a, b) => a.atMs - b.atMs);
  let slots = 0;
  let ramDiskBytes = 0;
  let memoryBytes = 0;
  for (let from = 0, to = 0; from < events.length; from = to) {
    const { atMs } = at(events, from);
    const before: Usage = { slots, ramDiskBytes, memoryBytes };
    for (; to < events.length && at(events, to).atMs === atMs; to++) {
      const event = at(events, to);
      const sign = event.isStart ? 1 : -1;
      if (event.isStart) usage[event.task] = before;
      slots += sign;
      ramDiskBytes += sign * event.ramDiskBytes;
      memoryBytes += sign * event.memoryBytes;
    }
  }
}
