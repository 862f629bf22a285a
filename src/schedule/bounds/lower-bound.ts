import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { Problem } from '../../dispatch/problem.ts';
import type { Bound, BoundInput } from './bound.ts';
import { criticalPathBound } from './critical-path.ts';
import { memoryBound, slotsBound } from './energy.ts';
import { headTailRamDiskBound, headTailSlotsBound } from './head-tail.ts';
import { ramDiskBound } from './ram-disk.ts';
import { leastWork, weightedCapacity, type WorkColumns } from './work.ts';
import { heads, shortestDurations } from '../tails.ts';

export type BoundName =
  'critical-path' | 'slots' | 'memory' | 'ram-disk' | 'head-tail-slots' | 'head-tail-ram-disk';

/** Every bound, the simplest first: of equal ones the first gives the name. */
export const BOUNDS: Readonly<Record<BoundName, Bound>> = {
  'critical-path': criticalPathBound,
  slots: slotsBound,
  memory: memoryBound,
  'ram-disk': ramDiskBound,
  'head-tail-slots': headTailSlotsBound,
  'head-tail-ram-disk': headTailRamDiskBound,
};

export const BOUND_NAMES: readonly BoundName[] = [
  'critical-path',
  'slots',
  'memory',
  'ram-disk',
  'head-tail-slots',
  'head-tail-ram-disk',
];

export interface NamedBound {
  /** Integer ms that no schedule can beat. */
  readonly lowerBoundMs: number;
  /** The bound that gives it. */
  readonly name: BoundName;
}

/** No schedule builds all tasks of `arch` in less; what they need from other architectures counts, what follows there does not. */
export interface ArchBound extends NamedBound {
  readonly arch: string;
}

export interface LowerBound extends NamedBound {
  /** By architecture, in code-unit order. */
  readonly perArch: readonly ArchBound[];
}

/**
 * How fast the plan could be at best: the largest of all bounds, for the whole plan and until the last task of each architecture.
 * Tasks that no builder can run count as nothing. O(n log n + edges) and what the head-tail bounds may spend
 */
export function lowerBound(problem: Problem): LowerBound {
  const durationMs = shortestDurations(problem);
  const headMs = heads(problem.dag, durationMs);
  const work = leastWork(problem);
  const everything = restAfter(problem, durationMs, () => true);
  const perArch: ArchBound[] = [];
  let best: NamedBound = { lowerBoundMs: 0, name: 'critical-path' };
  const archs = [...new Set(problem.arch)].sort(compareText);
  for (const arch of archs) {
    const tasks = tasksOf(problem, arch, work);
    const capacity = weightedCapacity(problem, arch);
    const shared = { tasks, capacity, work, durationMs, headMs, ramDiskBytes: problem.ramDiskBytes };
    const ownAfterMs = restAfter(problem, durationMs, (task) => problem.arch[task] === arch);
    const own = largestBound({ ...shared, afterMs: ownAfterMs });
    perArch.push({ arch, ...own });
    const whole = archs.length === 1 ? own : largestBound({ ...shared, afterMs: everything });
    if (whole.lowerBoundMs > best.lowerBoundMs) best = whole;
  }
  return { ...best, perArch };
}

function largestBound(input: BoundInput): NamedBound {
  let best: NamedBound = { lowerBoundMs: 0, name: 'critical-path' };
  if (input.tasks.length === 0) return best;
  for (const name of BOUND_NAMES) {
    const lowerBoundMs = BOUNDS[name](input);
    if (lowerBoundMs > best.lowerBoundMs) best = { lowerBoundMs, name };
  }
  return best;
}

/** Longest chain after each task, itself not included, that ends in a task that counts. */
function restAfter(
  problem: Problem,
  durationMs: Float64Array,
  counts: (task: number) => boolean,
): Float64Array {
  const { dependents, order } = problem.dag;
  const afterMs = new Float64Array(problem.taskCount);
  for (let index = order.length - 1; index >= 0; index--) {
    const task = at(order, index);
    let longestMs = counts(task) ? 0 : -Infinity;
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
      const dependent = at(dependents.target, edge);
      longestMs = Math.max(longestMs, at(afterMs, dependent) + at(durationMs, dependent));
    }
    afterMs[task] = longestMs;
  }
  return afterMs;
}

function tasksOf(problem: Problem, arch: string, work: WorkColumns): Int32Array {
  const tasks: number[] = [];
  for (let task = 0; task < problem.taskCount; task++) {
    if (problem.arch[task] === arch && at(work.diskMs, task) < Infinity) tasks.push(task);
  }
  return Int32Array.from(tasks);
}
