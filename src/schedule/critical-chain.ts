import { at } from '../base/column.ts';
import { compareNumber } from '../base/compare.ts';
import { row } from '../base/csr.ts';
import type { Placement, Problem, Schedule } from '../dispatch/problem.ts';
import { BuilderUsage, demandOf, fittingChroots, RESOURCES, type Resource } from './usage.ts';

/**
 * What a task of the chain waited for: something it needs (`need`), its `release`, or the end of a task that gave back what it
 * was short of. Room that was there but kept for a task with a reservation counts as taken: RAM disk for a build in RAM, a slot
 * for one on disk. `start`: nothing; it starts with the plan, runs already, or nothing explains when it starts.
 */
export type WaitedFor = Resource | 'need' | 'release' | 'start';

export interface ChainLink {
  readonly task: number;
  readonly waitedFor: WaitedFor;
}

/**
 * Why the plan takes as long as it does: tasks from the start to the last end, each starting exactly when the one before it
 * ends. A task is critical when it is in this chain; it begins with a task that waited for nothing or for its release. Where
 * several ends explain a start, a need wins, then a release, then what the task had been short of for longest (see
 * `BuilderUsage.shortage`), then the lower task id; of several last tasks the lowest id ends the chain.
 * @returns in order of time; empty for an empty schedule. O(n log n + edges)
 */
export function criticalChain(problem: Problem, schedule: Schedule): readonly ChainLink[] {
  const byTask = Array.from<Placement | undefined>({ length: problem.taskCount });
  for (const placement of schedule.placements) byTask[placement.task] = placement;
  const runs = new Set(problem.running.map(({ task }) => task));
  const usages = usageOf(problem, schedule);
  const endings = groupByEnd(schedule);
  const links: ChainLink[] = [];
  let placement = lastToEnd(schedule);
  while (placement !== undefined) {
    const { task, startMs } = placement;
    const needsMs = endOfNeeds(problem, task, byTask);
    const releaseMs = at(problem.releaseMs, task);
    let link: Link = { waitedFor: 'start' };
    if (startMs > 0 && !runs.has(task)) {
      const need = startMs === needsMs ? findNeed(problem, placement, byTask) : undefined;
      const usage = at(usages, placement.builder);
      if (need !== undefined) link = { waitedFor: 'need', before: need };
      else if (startMs === releaseMs) link = { waitedFor: 'release' };
      else
        link = findFreed(
          problem,
          placement,
          usage.shortage(placement, Math.max(needsMs, releaseMs)),
          endings,
        );
    }
    links.push({ task, waitedFor: link.waitedFor });
    placement = link.before;
  }
  return links.reverse();
}

interface Link {
  readonly waitedFor: WaitedFor;
  readonly before?: Placement;
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

function usageOf(problem: Problem, schedule: Schedule): readonly BuilderUsage[] {
  const placementsOn = problem.builders.map((): Placement[] => []);
  for (const placement of schedule.placements) at(placementsOn, placement.builder).push(placement);
  return problem.builders.map(
    (builder, index) => new BuilderUsage(problem, builder, at(placementsOn, index)),
  );
}

/** When the last of what a task needs ends; 0 when it needs nothing. */
function endOfNeeds(problem: Problem, task: number, byTask: readonly (Placement | undefined)[]): number {
  let latestMs = 0;
  for (const need of row(problem.dag.needs, task)) latestMs = Math.max(latestMs, byTask[need]?.endMs ?? 0);
  return latestMs;
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

/** The task that gave back, when it ended, what this one was short of until then. */
function findFreed(
  problem: Problem,
  placement: Placement,
  short: Resource | undefined,
  endings: ReadonlyMap<number, readonly Placement[]>,
): Link {
  const ended = endings.get(placement.startMs) ?? [];
  const here = ended.filter((other) => other.builder === placement.builder);
  if (short !== undefined) {
    const before = here.find((other) => givesBack(problem, other, short, placement));
    if (before !== undefined) return { waitedFor: short, before };
  }
  const before = here[0] ?? ended[0];
  if (before === undefined) return { waitedFor: 'start' };
  return { waitedFor: placement.mode === 'ram' ? 'ram-disk' : 'slot', before };
}

function givesBack(problem: Problem, other: Placement, resource: Resource, placement: Placement): boolean {
  if (resource === 'ram-disk' && placement.chroot >= 0)
    return other.chroot >= 0 && other.chroot < fittingChroots(problem, placement);
  return at(demandOf(problem, other), RESOURCES.indexOf(resource)) > 0;
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
