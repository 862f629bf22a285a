import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { float64At, int32At } from '../base/cells.ts';
import { isAdmissible, modeDuration, type Builder, type Mode, type Problem } from '../dispatch/problem.ts';
import type { Dag } from '../graph/dag.ts';

/**
 * The shortest that each task can take on any builder of its architecture, in the modes that its footprint and memory admit, with
 * the most make jobs; of what runs already, what is left.
 * @returns one cell a task, integer ms; 0 for a task that no builder can run. O(tasks × builders)
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem } = problemOfPlan(plan, 'plan.json');
 * shortestDurations(problem).length === problem.taskCount; // → true
 */
export function shortestDurations(problem: Problem): Float64Array {
  const shortest = new Float64Array(problem.taskCount);
  for (let task = 0; task < problem.taskCount; task++) {
    let least = Infinity;
    for (const builder of problem.builders) {
      if (builder.arch !== problem.arch[task]) continue;
      const mode = shorterMode(problem, task, builder);
      if (mode === undefined) continue;
      const mostJobs = at(builder.makeJobs, builder.makeJobs.length - 1);
      least = Math.min(least, modeDuration(problem, task, builder, mode, mostJobs));
    }
    shortest[task] = least === Infinity ? 0 : least;
  }
  for (const { task, endMs } of problem.running) shortest[task] = endMs;
  return shortest;
}

/** RAM if the task fits there: the disk is never faster. */
function shorterMode(problem: Problem, task: number, builder: Builder): Mode | undefined {
  if (isAdmissible(problem, task, builder, 'ram')) return 'ram';
  return isAdmissible(problem, task, builder, 'disk') ? 'disk' : undefined;
}

/**
 * Longest chain of durations from each task to the end of the plan, itself included: the critical-path priority rule.
 * @param durationMs one cell a task; zero is allowed
 * @returns one cell a task, in ms. Equal tails are common: break ties by task id. O(tasks + edges)
 * @see Kolisch 1996, on priority rules for the RCPSP
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem } = problemOfPlan(plan, 'plan.json');
 * const tailMs = tails(problem.dag, shortestDurations(problem));
 * Math.max(...tailMs) <= plan.lowerBoundMs; // → true
 */
export function tails(dag: Dag, durationMs: Float64Array): Float64Array {
  const tailMs = new Float64Array(durationMs.length);
  const { target } = dag.dependents;
  for (let index = dag.order.length - 1; index >= 0; index--) {
    const task = int32At(dag.order, index);
    const end = edgesTo(dag.dependents, task);
    let longestMs = 0;
    for (let edge = edgesFrom(dag.dependents, task); edge < end; edge++) {
      const tail = float64At(tailMs, int32At(target, edge));
      if (tail > longestMs) longestMs = tail;
    }
    tailMs[task] = longestMs + float64At(durationMs, task);
  }
  return tailMs;
}

/**
 * Longest chain of durations before each task, itself not included: no task can start earlier.
 * @param durationMs one cell a task; zero is allowed
 * @returns one cell a task, in ms. O(tasks + edges)
 */
export function heads(dag: Dag, durationMs: Float64Array): Float64Array {
  const headMs = new Float64Array(durationMs.length);
  const { target } = dag.needs;
  for (const task of dag.order) {
    let longestMs = 0;
    const end = edgesTo(dag.needs, task);
    for (let edge = edgesFrom(dag.needs, task); edge < end; edge++) {
      const need = int32At(target, edge);
      const endMs = float64At(headMs, need) + float64At(durationMs, need);
      if (endMs > longestMs) longestMs = endMs;
    }
    headMs[task] = longestMs;
  }
  return headMs;
}
