import { at } from '../../base/column.ts';
import { int32At } from '../../base/cells.ts';
import type { Project } from '../project.ts';

/** The modes of a project that some schedule may use: rows of indexes into `Project.duration`. */
export interface AdmissibleModes {
  readonly offset: Int32Array;
  readonly modes: Int32Array;
}

/**
 * Leaves out the modes that ask for more than a capacity, or that leave too little of a budget for all other tasks even at their
 * most frugal; then again, since the others may now be dearer. A task without such a mode keeps all of them.
 * @see Sprecher, Hartmann, Drexl 1997, on non-executable modes. O(rounds × modes × resources)
 */
export function admissibleModes(project: Project): AdmissibleModes {
  const { modeOffset, duration } = project;
  const isLeft = Uint8Array.from(duration, (_, mode) => Number(fitsCapacities(project, mode)));
  while (dropOne(project, isLeft));
  const offset = [0];
  const modes: number[] = [];
  for (let task = 0; task < project.taskCount; task++) {
    const own = modesOf(modeOffset, task);
    const left = own.filter((mode) => isLeft[mode] === 1);
    modes.push(...(left.length === 0 ? own : left));
    offset.push(modes.length);
  }
  return { offset: Int32Array.from(offset), modes: Int32Array.from(modes) };
}

function fitsCapacities({ capacities, demand }: Project, mode: number): boolean {
  return capacities.every(
    (capacity, resource) => int32At(demand, mode * capacities.length + resource) <= capacity,
  );
}

/** Drops the modes that break a budget even if all others take least. @returns whether there was one */
function dropOne(project: Project, isLeft: Uint8Array): boolean {
  const { budgets, consumption, modeOffset, taskCount } = project;
  const width = budgets.length;
  let hasDropped = false;
  budgets.forEach((budget, resource) => {
    const cost = (mode: number): number => int32At(consumption, mode * width + resource);
    const least: number[] = [];
    for (let task = 0; task < taskCount; task++) {
      const left = modesOf(modeOffset, task).filter((mode) => isLeft[mode] === 1);
      least.push(left.length === 0 ? 0 : Math.min(...left.map(cost)));
    }
    const total = least.reduce((sum, value) => sum + value, 0);
    for (let task = 0; task < taskCount; task++)
      for (const mode of modesOf(modeOffset, task)) {
        if (isLeft[mode] === 0 || total - at(least, task) + cost(mode) <= budget) continue;
        isLeft[mode] = 0;
        hasDropped = true;
      }
  });
  return hasDropped;
}

function modesOf(modeOffset: Int32Array, task: number): readonly number[] {
  const from = int32At(modeOffset, task);
  return Array.from({ length: int32At(modeOffset, task + 1) - from }, (_, index) => from + index);
}
