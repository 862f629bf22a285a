import { float64At, int32At } from '../../base/cells.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { Problem } from '../../dispatch/problem.ts';
import type { Dag } from '../../graph/dag.ts';
import type { BoundInput } from './bound.ts';
import type { BoundResource } from './resource.ts';
import { buildModes } from './build-modes.ts';
import { modeTable } from './build-resources.ts';
import { leastUse, shortestModes, type ModeTable } from './modes.ts';

/** What the bounds look at for one architecture: until its own last task, and until the end of the whole plan. */
export interface ArchInput {
  readonly arch: string;
  readonly own: BoundInput;
  readonly whole: BoundInput;
}

/** The bounds' view of a build problem, one for each of `archs`. Tasks that no builder can run count as nothing. O(modes + edges) */
export function buildInputs(problem: Problem, archs: readonly string[]): readonly ArchInput[] {
  const durationMs = new Float64Array(problem.taskCount);
  const isStarted = new Uint8Array(problem.taskCount);
  for (const { task } of problem.running) isStarted[task] = 1;
  const parts = archs.map((arch) => {
    const modes = buildModes(problem, arch);
    const table = modeTable(problem, arch, modes);
    shortestModes(table).forEach((shortestMs, row) => (durationMs[int32At(modes.tasks, row)] = shortestMs));
    return { arch, tasks: modes.tasks, table, resources: leastUses(table) };
  });
  const { dag } = problem;
  const headMs = earliestStarts(dag, durationMs, problem.releaseMs, isStarted);
  const afterAllMs = restAfter(dag, durationMs, isStarted, () => true);
  return parts.map(({ arch, tasks, table: modes, resources }) => {
    const shared = { tasks, dag, isStarted, durationMs, headMs, modes, resources };
    const whole = { ...shared, afterMs: afterAllMs };
    if (archs.length === 1) return { arch, own: whole, whole };
    const afterOwnMs = restAfter(dag, durationMs, isStarted, (task) => problem.arch[task] === arch);
    return { arch, own: { ...shared, afterMs: afterOwnMs }, whole };
  });
}

/** The least use of every resource that something must use. */
export function leastUses(table: ModeTable): readonly BoundResource[] {
  return table.resources
    .map((resource) => leastUse(table, resource))
    .filter(({ rate }) => rate.some((value) => value > 0));
}

/**
 * No task starts earlier: after its release and the longest chain of needs before it; what runs already started at 0.
 * @returns one cell a task. O(tasks + edges)
 */
export function earliestStarts(
  { needs, order }: Dag,
  durationMs: Float64Array,
  releaseMs: Float64Array,
  isStarted: Uint8Array,
): Float64Array {
  const headMs = new Float64Array(durationMs.length);
  for (const task of order) {
    if (isStarted[task] === 1) continue;
    let latestMs = float64At(releaseMs, task);
    for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++) {
      const need = int32At(needs.target, edge);
      latestMs = Math.max(latestMs, float64At(headMs, need) + float64At(durationMs, need));
    }
    headMs[task] = latestMs;
  }
  return headMs;
}

/** Longest chain after each task, itself not included, that ends in a task that counts. O(tasks + edges) */
export function restAfter(
  { dependents, order }: Dag,
  durationMs: Float64Array,
  isStarted: Uint8Array,
  counts: (task: number) => boolean,
): Float64Array {
  const afterMs = new Float64Array(durationMs.length);
  for (let index = order.length - 1; index >= 0; index--) {
    const task = int32At(order, index);
    let longestMs = counts(task) ? 0 : -Infinity;
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
      const dependent = int32At(dependents.target, edge);
      if (isStarted[dependent] === 1) continue;
      longestMs = Math.max(longestMs, float64At(afterMs, dependent) + float64At(durationMs, dependent));
    }
    afterMs[task] = longestMs;
  }
  return afterMs;
}
