import { at } from '../base/column.ts';
import { float64At, int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { seededRandom } from '../base/random.ts';
import type { Problem } from '../dispatch/problem.ts';
import type { Dag } from '../graph/dag.ts';
import { shortestDurations, tails } from '../schedule/tails.ts';

/** Longest chain of durations from the task to the end. */
export function criticalPathPriority(problem: Problem): Float64Array {
  return tails(problem.dag, shortestDurations(problem));
}

/**
 * Earliest latest finish first: the longest chain behind the task decides, its own duration does not.
 * @see Kolisch 1996, on priority rules for the RCPSP
 */
export function latestFinishPriority(problem: Problem): Float64Array {
  const durationMs = shortestDurations(problem);
  return tails(problem.dag, durationMs).map((tailMs, task) => tailMs - float64At(durationMs, task));
}

/** How many tasks wait for this one directly. */
export function successorsPriority({ dag: { dependents }, taskCount }: Problem): Float64Array {
  return new Float64Array(taskCount).map(
    (_, task) => edgesTo(dependents, task) - edgesFrom(dependents, task),
  );
}

export function durationPriority(problem: Problem): Float64Array {
  return shortestDurations(problem);
}

/** By what a build takes of the RAM disk, then of the memory. */
export function sizePriority({ ramDiskBytes, memoryBytes }: Problem): Float64Array {
  return ramDiskBytes.map((bytes, task) => bytes + float64At(memoryBytes, task) / 2 ** 20);
}

/** All alike: the lower task id goes first. */
export function fifoPriority({ taskCount }: Problem): Float64Array {
  return new Float64Array(taskCount);
}

export function randomPriority({ taskCount }: Problem, seed: number): Float64Array {
  const random = seededRandom(seed);
  return new Float64Array(taskCount).map(random);
}

/** Builds on the longest chain from the task to the end, itself included. */
export function depthPriority({ dag, taskCount }: Problem): Float64Array {
  return tails(dag, new Float64Array(taskCount).fill(1));
}

/** Builds on the longest chain in front of the task: 0 for what needs nothing. */
export function levels({ needs, order }: Dag): Int32Array {
  const level = new Int32Array(order.length);
  for (const task of order) {
    for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++)
      level[task] = Math.max(int32At(level, task), int32At(level, int32At(needs.target, edge)) + 1);
  }
  return level;
}

/**
 * 10 for the task and as much for each path that leads from it to another one, as far as edges count.
 * @param counts whether the edge from a task to what it needs counts
 * @returns may be Infinity where there are too many paths
 */
export function pathsPriority(dag: Dag, counts: (task: number, need: number) => boolean): Float64Array {
  const { dependents, order } = dag;
  const priority = new Float64Array(order.length).fill(10);
  for (let index = order.length - 1; index >= 0; index--) {
    const task = int32At(order, index);
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
      const dependent = int32At(dependents.target, edge);
      if (counts(dependent, task)) priority[task] = at(priority, task) + float64At(priority, dependent);
    }
  }
  return priority;
}

/**
 * The duration of each task and of everything that waits for it, directly or not.
 * @returns one cell a task, in ms. O(tasks × edges / 32 + pairs)
 */
export function closureWork(dag: Dag, durationMs: Float64Array): Float64Array {
  const { dependents, order } = dag;
  const workMs = new Float64Array(order.length);
  const reached = new Int32Array(order.length);
  for (let from = 0; from < order.length; from += 32) {
    const to = Math.min(order.length, from + 32);
    reached.fill(0);
    for (let index = to - 1; index >= 0; index--) {
      const task = int32At(order, index);
      let bits = index < from ? 0 : 1 << (index - from);
      for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++)
        bits |= int32At(reached, int32At(dependents.target, edge));
      reached[task] = bits;
      for (; bits !== 0; bits &= bits - 1) {
        const bit = 31 - Math.clz32(bits & -bits);
        workMs[task] = float64At(workMs, task) + float64At(durationMs, int32At(order, from + bit));
      }
    }
  }
  return workMs;
}
