import type { Project } from '../../src/internal.ts';

/** Makespans that no schedule beats, cheap to tell. */
export interface QuickBound {
  /** The longest chain of shortest durations. */
  readonly criticalPath: number;
  /** The larger of the critical path and the least work of any resource, divided by its capacity. */
  readonly lowerBound: number;
}

export function quickBound(project: Project): QuickBound {
  const criticalPath = longestChain(project);
  const capacities = [...project.capacities];
  const work = capacities.map((capacity, resource) => {
    let sum = 0;
    for (let task = 0; task < project.taskCount; task++)
      sum += leastOf(project, task, (mode) => workOf(project, mode, resource));
    return capacity === 0 ? 0 : Math.ceil(sum / capacity);
  });
  return { criticalPath, lowerBound: Math.max(criticalPath, ...work) };
}

function longestChain(project: Project): number {
  const { needs, order } = project.dag;
  const end = new Map<number, number>();
  let longest = 0;
  for (const task of order) {
    let start = project.release[task] ?? 0;
    for (const need of needs.target.subarray(needs.offset[task], needs.offset[task + 1]))
      start = Math.max(start, end.get(need) ?? 0);
    end.set(task, start + leastOf(project, task, (mode) => project.duration[mode] ?? 0));
    longest = Math.max(longest, end.get(task) ?? 0);
  }
  return longest;
}

function workOf(project: Project, mode: number, resource: number): number {
  return (project.duration[mode] ?? 0) * (project.demand[mode * project.capacities.length + resource] ?? 0);
}

function leastOf(project: Project, task: number, value: (mode: number) => number): number {
  let least = Infinity;
  for (let mode = project.modeOffset[task] ?? 0; mode < (project.modeOffset[task + 1] ?? 0); mode++)
    least = Math.min(least, value(mode));
  return least;
}
