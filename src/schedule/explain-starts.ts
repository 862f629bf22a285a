import { at } from '../base/column.ts';
import { float64At, int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { orderByFalling } from '../base/sort-by-key.ts';
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

type StartExplainer = (placement: Placement) => StartReason;

const explainers = new WeakMap<Schedule, { readonly problem: Problem; readonly explain: StartExplainer }>();

/**
 * `explainStarts` for some of the tasks. O(n log n) once for a schedule, however often it is asked for, then O(log n + needs) for
 * each task
 */
export function startExplainer(problem: Problem, schedule: Schedule): StartExplainer {
  const known = explainers.get(schedule);
  if (known?.problem === problem) return known.explain;
  const explain = makeExplainer(problem, schedule);
  explainers.set(schedule, { problem, explain });
  return explain;
}

function makeExplainer(problem: Problem, schedule: Schedule): StartExplainer {
  const byTask = Array.from<Placement | undefined>({ length: problem.taskCount });
  for (const placement of schedule.placements) byTask[placement.task] = placement;
  const runs = new Set(problem.running.map(({ task }) => task));
  const usages = usageOf(problem, schedule);
  const endings = new Endings(byTask);
  return (placement) => {
    const { task, startMs } = placement;
    const needsMs = endOfNeeds(problem, task, byTask);
    const releaseMs = float64At(problem.releaseMs, task);
    const readyMs = Math.max(needsMs, releaseMs);
    if (startMs <= 0 || runs.has(task)) return { waitedFor: 'start', before: undefined, readyMs };
    const need = startMs === needsMs ? findNeed(problem, placement, byTask) : undefined;
    if (need !== undefined) return { waitedFor: 'need', before: need, readyMs };
    if (startMs === releaseMs) return { waitedFor: 'release', before: undefined, readyMs };
    const short = at(usages, placement.builder).shortage(placement, readyMs);
    return { ...findFreed(problem, placement, short, endings.in(startMs)), readyMs };
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
  const { needs } = problem.dag;
  for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++)
    latestMs = Math.max(latestMs, byTask[int32At(needs.target, edge)]?.endMs ?? 0);
  return latestMs;
}

function findNeed(
  problem: Problem,
  { task, startMs }: Placement,
  byTask: readonly (Placement | undefined)[],
): Placement | undefined {
  let found: Placement | undefined;
  const { needs } = problem.dag;
  for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++) {
    const need = int32At(needs.target, edge);
    const placement = byTask[need];
    if (placement?.endMs === startMs && (found === undefined || need < found.task)) found = placement;
  }
  return found;
}

/** Which tasks end when. */
class Endings {
  readonly #byTask: readonly (Placement | undefined)[];
  /** Tasks by end, then number; those that are in no schedule last. */
  readonly #order: Int32Array;

  constructor(byTask: readonly (Placement | undefined)[]) {
    this.#byTask = byTask;
    const keys = new Float64Array(byTask.length);
    byTask.forEach((placement, task) => {
      keys[task] = placement === undefined ? -Infinity : -placement.endMs;
    });
    this.#order = orderByFalling(keys);
  }

  /** What ends in one moment, by task. O(log n + what ends then) */
  in(timeMs: number): readonly Placement[] {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const endMs = this.#byTask[int32At(this.#order, middle)]?.endMs ?? Infinity;
      if (endMs < timeMs) low = middle + 1;
      else high = middle;
    }
    const found: Placement[] = [];
    for (let place = low; place < this.#order.length; place++) {
      const placement = this.#byTask[int32At(this.#order, place)];
      if (placement?.endMs !== timeMs) break;
      found.push(placement);
    }
    return found;
  }
}

/** The task that gave back, when it ended, what this one was short of until then. */
function findFreed(
  problem: Problem,
  placement: Placement,
  short: Resource | undefined,
  ended: readonly Placement[],
): Omit<StartReason, 'readyMs'> {
  const here = ended.filter(({ builder }) => builder === placement.builder);
  if (short !== undefined) {
    const before = here.find((other) => givesBack(problem, other, short, placement));
    if (before !== undefined) return { waitedFor: short, before };
  }
  const before = here[0] ?? ended[0];
  if (before === undefined) return { waitedFor: 'start', before };
  return { waitedFor: placement.mode === 'ram' ? 'ram-disk' : 'slot', before };
}

function givesBack(problem: Problem, other: Placement, resource: Resource, placement: Placement): boolean {
  if (resource === 'ram-disk' && placement.chroot >= 0)
    return other.chroot >= 0 && other.chroot < fittingChroots(problem, placement);
  return at(demandOf(problem, other), RESOURCES.indexOf(resource)) > 0;
}
