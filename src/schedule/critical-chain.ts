import { at } from '../base/column.ts';
import { compareNumber } from '../base/compare.ts';
import { row } from '../base/csr.ts';
import {
  memoryDemand,
  ramDiskDemand,
  type Placement,
  type Problem,
  type Schedule,
} from '../dispatch/problem.ts';
import { usageBeforeStarts, type Usage } from './usage.ts';

/**
 * What a task of the chain waited for: something it needs (`need`), or the end of a task that freed a slot, RAM disk or memory.
 * Room that was there but kept for a task with a reservation counts as taken: RAM disk for a build in RAM, a slot for one on
 * disk. `start`: nothing; it starts with the plan, or no end explains when it starts.
 */
export type WaitedFor = 'need' | 'slot' | 'ram-disk' | 'memory' | 'start';

export interface ChainLink {
  readonly task: number;
  readonly waitedFor: WaitedFor;
}

/**
 * Why the plan takes as long as it does: tasks from the start to the last end, each starting exactly when the one before it
 * ends. A task is critical when it is in this chain. Where several ends explain a start, a need wins, then what the builder had
 * least of (slot, RAM disk, memory), then the lower task id; of several last tasks the lowest id ends the chain.
 * @returns in order of time; empty for an empty schedule. O(n log n + edges)
 */
export function criticalChain(problem: Problem, schedule: Schedule): readonly ChainLink[] {
  const byTask = Array.from<Placement | undefined>({ length: problem.taskCount });
  for (const placement of schedule.placements) byTask[placement.task] = placement;
  const usage = usageBeforeStarts(problem, schedule);
  const endings = groupByEnd(schedule);
  const links: ChainLink[] = [];
  let placement = lastToEnd(schedule);
  while (placement !== undefined) {
    const { task } = placement;
    const need = findNeed(problem, placement, byTask);
    if (need !== undefined) {
      links.push({ task, waitedFor: 'need' });
      placement = need;
      continue;
    }
    const freed = findFreed(problem, placement, at(usage, task), endings.get(placement.startMs) ?? []);
    links.push({ task, waitedFor: freed?.waitedFor ?? 'start' });
    placement = freed?.placement;
  }
  return links.reverse();
}

interface Freed {
  readonly placement: Placement;
  readonly waitedFor: WaitedFor;
}

function lastToEnd(schedule: Schedule): Placement | undefined {
  let last: Placement | undefined;
  for (const placement of schedule.placements) {
    if (
      last === undefined ||
      placement.endMs > last.endMs ||
      (placement.endMs === last.endMs && placement.task < last.task)
    )
      last = placement;
  }
  return last;
}

function findNeed(
  problem: Problem,
  { task, startMs }: Placement,
  byTask: readonly (Placement | undefined)[],
): Placement | undefined {
  let found: Placement | undefined;
  for (const need of row(problem.dag.needs, task)) {
    const placement = byTask[need];
    if (placement?.endMs === startMs && (found === undefined || need < found.task)) found = placement;
  }
  return found;
}

/** The task that gave back, when it ended, what this one lacked until then. */
function findFreed(
  problem: Problem,
  { task, builder: index, mode }: Placement,
  usage: Usage,
  ended: readonly Placement[],
): Freed | undefined {
  const builder = at(problem.builders, index);
  const here = ended.filter((other) => other.builder === index);
  const first = here[0];
  if (first !== undefined && usage.slots >= builder.slots) return { placement: first, waitedFor: 'slot' };
  if (usage.ramDiskBytes + ramDiskDemand(problem, task, mode) > builder.ramDiskBytes) {
    const placement = here.find((other) => ramDiskDemand(problem, other.task, other.mode) > 0);
    if (placement !== undefined) return { placement, waitedFor: 'ram-disk' };
  }
  if (usage.memoryBytes + memoryDemand(problem, task, mode) > builder.memoryBytes) {
    const placement = here.find((other) => memoryDemand(problem, other.task, other.mode) > 0);
    if (placement !== undefined) return { placement, waitedFor: 'memory' };
  }
  const placement = first ?? ended[0];
  return placement === undefined ? undefined : { placement, waitedFor: mode === 'ram' ? 'ram-disk' : 'slot' };
}

/** By end; in each group by task. */
function groupByEnd(schedule: Schedule): ReadonlyMap<number, readonly Placement[]> {
  const groups = new Map<number, Placement[]>();
  for (const placement of [...schedule.placements].sort((a, b) => compareNumber(a.task, b.task))) {
    const group = groups.get(placement.endMs);
    if (group === undefined) groups.set(placement.endMs, [placement]);
    else group.push(placement);
  }
  return groups;
}
