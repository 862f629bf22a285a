import { at } from '../base/column.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import { row } from '../base/csr.ts';
import type { Placement, Problem, Schedule } from '../dispatch/problem.ts';
import { BuilderUsage, demandOf, fittingChroots, RESOURCES, type Resource } from './usage.ts';

/**
 * What a task waited for: something it needs (`need`), its `release`, or the end of a task that gave back what it was short of.
 * Room that was there but kept for a task with a reservation counts as taken: RAM disk for a build in RAM, a slot for one on
 * disk. `start`: nothing; it starts with the plan, runs already, or nothing explains when it starts.
 */
export type WaitedFor = Resource | 'need' | 'release' | 'start';

export interface StartReason {
  readonly waitedFor: WaitedFor;
  /** The task whose end let it start; undefined for `start` and `release`. */
  readonly before: Placement | undefined;
  /** When all that it needs had ended and it was released: what came then was waiting for room. At most its start, unless it runs. */
  readonly readyMs: number;
}

/**
 * Why each task starts when it does. Where several ends explain a start, a need wins, then a release, then what the task had
 * been short of for longest (see `BuilderUsage.shortage`), then the lower task id.
 * @returns one a task, in the order of `schedule.placements`. O(n log n + edges)
 */
export function explainStarts(problem: Problem, schedule: Schedule): readonly StartReason[] {
  return schedule.placements.map(startExplainer(problem, schedule));
}

/** `explainStarts` for some of the tasks. O(n log n) once, then O(log n + needs) for each that is asked about */
export function startExplainer(problem: Problem, schedule: Schedule): (placement: Placement) => StartReason {
  const byTask = Array.from<Placement | undefined>({ length: problem.taskCount });
  for (const placement of schedule.placements) byTask[placement.task] = placement;
  const runs = new Set(problem.running.map(({ task }) => task));
  const usages = usageOf(problem, schedule);
  const endings = groupByEnd(schedule);
  return (placement) => {
    const { task, startMs } = placement;
    const needsMs = endOfNeeds(problem, task, byTask);
    const releaseMs = at(problem.releaseMs, task);
    const readyMs = Math.max(needsMs, releaseMs);
    if (startMs <= 0 || runs.has(task)) return { waitedFor: 'start', before: undefined, readyMs };
    const need = startMs === needsMs ? findNeed(problem, placement, byTask) : undefined;
    if (need !== undefined) return { waitedFor: 'need', before: need, readyMs };
    if (startMs === releaseMs) return { waitedFor: 'release', before: undefined, readyMs };
    const short = at(usages, placement.builder).shortage(placement, readyMs);
    return { ...findFreed(problem, placement, short, endings.get(startMs)), readyMs };
  };
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

/** What ends in one moment. */
interface Endings {
  /** The lowest task of all builders. */
  readonly first: Placement;
  /** By builder, each by task. */
  readonly on: Map<number, Placement[]>;
}

/** The task that gave back, when it ended, what this one was short of until then. */
function findFreed(
  problem: Problem,
  placement: Placement,
  short: Resource | undefined,
  ended: Endings | undefined,
): Omit<StartReason, 'readyMs'> {
  const here = ended?.on.get(placement.builder) ?? [];
  if (short !== undefined) {
    const before = here.find((other) => givesBack(problem, other, short, placement));
    if (before !== undefined) return { waitedFor: short, before };
  }
  const before = here[0] ?? ended?.first;
  if (before === undefined) return { waitedFor: 'start', before };
  return { waitedFor: placement.mode === 'ram' ? 'ram-disk' : 'slot', before };
}

function givesBack(problem: Problem, other: Placement, resource: Resource, placement: Placement): boolean {
  if (resource === 'ram-disk' && placement.chroot >= 0)
    return other.chroot >= 0 && other.chroot < fittingChroots(problem, placement);
  return at(demandOf(problem, other), RESOURCES.indexOf(resource)) > 0;
}

function groupByEnd(schedule: Schedule): ReadonlyMap<number, Endings> {
  const groups = new Map<number, Endings>();
  const byEnd = [...schedule.placements].sort((a, b) =>
    firstDifference(compareNumber(a.endMs, b.endMs), compareNumber(a.task, b.task)),
  );
  for (const placement of byEnd) {
    const group = groups.get(placement.endMs) ?? { first: placement, on: new Map<number, Placement[]>() };
    groups.set(placement.endMs, group);
    const here = group.on.get(placement.builder);
    if (here === undefined) group.on.set(placement.builder, [placement]);
    else here.push(placement);
  }
  return groups;
}
