import { withoutSpread, type Builder, type Dag, type Problem } from '../../src/internal.ts';

/** What a problem made for a bench has to say of its tasks; all of them take exactly that. */
export interface BareTasks extends Pick<Problem, 'durationMs' | 'ramDiskBytes' | 'memoryBytes'> {
  readonly dag: Dag;
}

/** Tasks for one builder, all free from the start, timed with four make jobs that share four fifths of the work. */
export function bareProblem(builder: Builder, tasks: BareTasks): Problem {
  const taskCount = tasks.durationMs.length;
  return {
    ...tasks,
    taskCount,
    builders: [builder],
    arch: Array.from<string>({ length: taskCount }).fill(builder.arch),
    durationJobs: 4,
    parallelFraction: new Float64Array(taskCount).fill(0.8),
    releaseMs: new Float64Array(taskCount),
    running: [],
    spread: withoutSpread(tasks.ramDiskBytes),
  };
}
