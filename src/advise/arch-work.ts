import { at } from '../base/column.ts';
import { buildCsr, EdgeList, row } from '../base/csr.ts';
import { toDag, type Dag } from '../graph/dag.ts';
import type { Problem } from '../dispatch/problem.ts';
import { float64At } from '../base/cells.ts';

/** What one architecture has to build on a host of its own. Columns have one cell a task, as in `Problem`. */
export interface ArchWork {
  readonly arch: string;
  /** What the tasks are called in messages. */
  readonly ids: readonly string[];
  readonly taskCount: number;
  readonly dag: Dag;
  readonly durationMs: Float64Array;
  readonly durationJobs: number;
  readonly parallelFraction: Float64Array;
  readonly ramDiskBytes: Float64Array;
  /** 0: not known. */
  readonly memoryBytes: Float64Array;
  /** How many tasks need something that another architecture builds: it is taken as done. */
  readonly needsElsewhereCount: number;
}

/**
 * The tasks of an architecture, in their order, without the rest of the plan. O(tasks + edges)
 * @param named one a task of the problem
 */
export function archWork(
  problem: Problem,
  named: readonly { readonly id: string }[],
  arch: string,
): ArchWork {
  const tasks: number[] = [];
  const placeOf = new Int32Array(problem.taskCount).fill(-1);
  for (let task = 0; task < problem.taskCount; task++) {
    if (problem.arch[task] === arch) placeOf[task] = tasks.push(task) - 1;
  }
  const edges = new EdgeList();
  let needsElsewhereCount = 0;
  tasks.forEach((task, place) => {
    let isElsewhere = false;
    for (const need of row(problem.dag.needs, task)) {
      const needed = at(placeOf, need);
      if (needed < 0) isElsewhere = true;
      else edges.push(place, needed);
    }
    if (isElsewhere) needsElsewhereCount++;
  });
  const dag = toDag(buildCsr(tasks.length, edges));
  if (dag === undefined) throw new Error('BUG: a part of a graph without cycles has one');
  const part = (column: Float64Array): Float64Array =>
    Float64Array.from(tasks, (task) => float64At(column, task));
  return {
    arch,
    ids: tasks.map((task) => at(named, task).id),
    taskCount: tasks.length,
    dag,
    durationMs: part(problem.durationMs),
    durationJobs: problem.durationJobs,
    parallelFraction: part(problem.parallelFraction),
    ramDiskBytes: part(problem.ramDiskBytes),
    memoryBytes: part(problem.memoryBytes),
    needsElsewhereCount,
  };
}
