import { int32At } from '../../base/cells.ts';
import type { Project } from '../project.ts';
import type { BoundInput } from './bound.ts';
import { earliestStarts, leastUses, restAfter } from './build-input.ts';
import { admissibleModes } from './admissible-modes.ts';
import { largestBound, type NamedBound } from './lower-bound.ts';
import { shortestModes, type ModeResource, type ModeTable } from './modes.ts';

/**
 * The largest of all bounds for a standard instance: times are ticks, not ms.
 * @param upper the makespan of a schedule, when one is known: nothing beyond it is looked for
 */
export function projectLowerBound(project: Project, upper = Infinity): NamedBound {
  return largestBound(projectInput(project), { lowerMs: 0, upperMs: upper });
}

/** The bounds' view of a project. O(modes × resources + edges) */
export function projectInput(project: Project): BoundInput {
  const modes = projectModes(project);
  const durationMs = shortestModes(modes);
  const isStarted = new Uint8Array(project.taskCount);
  const tasks = Int32Array.from(isStarted.keys());
  const headMs = earliestStarts(project.dag, durationMs, Float64Array.from(project.release), isStarted);
  const afterMs = restAfter(project.dag, durationMs, isStarted, () => true);
  const resources = leastUses(modes);
  return { tasks, dag: project.dag, isStarted, durationMs, headMs, afterMs, modes, resources };
}

/** Modes that no schedule can use are left out: so the least duration and the least use may rise. */
function projectModes(project: Project): ModeTable {
  const { capacities, demand } = project;
  const { modes, offset } = admissibleModes(project);
  const resources: ModeResource[] = [];
  capacities.forEach((capacity, resource) => {
    if (capacity === 0) return;
    const column = Float64Array.from(modes, (mode) => int32At(demand, mode * capacities.length + resource));
    const all = new Float64Array(modes.length);
    resources.push({
      kind: 'renewable',
      capacity,
      demand: column,
      packing: {
        demand: column,
        capacity: all.fill(capacity),
        weight: all.map(() => 1),
        totalWeight: 1,
        builderCount: 1,
      },
    });
  });
  const durationMs = Float64Array.from(modes, (mode) => int32At(project.duration, mode));
  return { offset, durationMs, resources };
}
