import { int32At } from '../../base/cells.ts';
import type { Project, ProjectSchedule } from '../project.ts';

/** A project with fewer modes and budgets and the same optimum. */
export interface ReducedProject {
  readonly project: Project;
  /** Of each of its modes, the one of the whole project. */
  readonly originalMode: Int32Array;
}

/**
 * Leaves out modes that no schedule can use (they take more than a capacity, or than the others leave of a budget) or needs
 * (another of the task is no longer and takes no more of anything), and budgets that can't run out. A task keeps one at least.
 * @see Sprecher, Hartmann, Drexl 1997, An exact algorithm for project scheduling with multiple modes
 */
export function reduceModes(project: Project): ReducedProject {
  const isKept = new Uint8Array(project.duration.length).fill(1);
  let isChanged = true;
  while (isChanged) {
    isChanged = false;
    for (let task = 0; task < project.taskCount; task++)
      for (let mode = firstMode(project, task); mode < firstMode(project, task + 1); mode++) {
        if (isKept[mode] === 0 || countKept(project, isKept, task) === 1) continue;
        if (isExecutable(project, isKept, task, mode) && !isDominated(project, isKept, task, mode)) continue;
        isKept[mode] = 0;
        isChanged = true;
      }
  }
  return rebuild(project, isKept);
}

/**
 * A schedule of the whole project in modes of the reduced one: what is gone for a mode that is no longer and takes no more is
 * replaced by that, so that the starts remain valid; what no schedule can use, by any.
 */
export function reduceSchedule(
  project: Project,
  reduced: ReducedProject,
  schedule: ProjectSchedule,
): ProjectSchedule {
  const newMode = new Int32Array(project.duration.length).fill(-1);
  reduced.originalMode.forEach((original, mode) => (newMode[original] = mode));
  const mode = schedule.mode.map((original, task) => {
    let mode = firstMode(reduced.project, task);
    for (let other = mode; other < firstMode(reduced.project, task + 1); other++)
      if (takesNoMore(project, int32At(reduced.originalMode, other), original)) mode = other;
    return int32At(newMode, original) >= 0 ? int32At(newMode, original) : mode;
  });
  return { ...schedule, mode };
}

function isExecutable(project: Project, isKept: Uint8Array, task: number, mode: number): boolean {
  const width = project.capacities.length;
  for (let resource = 0; resource < width; resource++)
    if (int32At(project.demand, mode * width + resource) > int32At(project.capacities, resource))
      return false;
  const budgets = project.budgets.length;
  for (let budget = 0; budget < budgets; budget++) {
    let least = int32At(project.consumption, mode * budgets + budget);
    for (let other = 0; other < project.taskCount; other++)
      if (other !== task) least += extremeUse(project, isKept, other, budget, Math.min);
    if (least > int32At(project.budgets, budget)) return false;
  }
  return true;
}

/** Of modes that are alike in all, the first stays. */
function isDominated(project: Project, isKept: Uint8Array, task: number, mode: number): boolean {
  for (let other = firstMode(project, task); other < firstMode(project, task + 1); other++) {
    if (other === mode || isKept[other] === 0) continue;
    const isNoWorse = takesNoMore(project, other, mode);
    if (isNoWorse && (other < mode || !takesNoMore(project, mode, other))) return true;
  }
  return false;
}

function takesNoMore(project: Project, one: number, other: number): boolean {
  if (int32At(project.duration, one) > int32At(project.duration, other)) return false;
  const isBelow = (table: Int32Array, width: number): boolean => {
    for (let column = 0; column < width; column++)
      if (int32At(table, one * width + column) > int32At(table, other * width + column)) return false;
    return true;
  };
  return (
    isBelow(project.demand, project.capacities.length) && isBelow(project.consumption, project.budgets.length)
  );
}

/** The least or most that a task can take of a budget. */
function extremeUse(
  project: Project,
  isKept: Uint8Array,
  task: number,
  budget: number,
  choose: (a: number, b: number) => number,
): number {
  let extreme: number | undefined;
  for (let mode = firstMode(project, task); mode < firstMode(project, task + 1); mode++) {
    if (isKept[mode] === 0) continue;
    const used = int32At(project.consumption, mode * project.budgets.length + budget);
    extreme = extreme === undefined ? used : choose(extreme, used);
  }
  return extreme ?? 0;
}

function rebuild(project: Project, isKept: Uint8Array): ReducedProject {
  const modeOffset = new Int32Array(project.taskCount + 1);
  for (let task = 0; task < project.taskCount; task++)
    modeOffset[task + 1] = int32At(modeOffset, task) + countKept(project, isKept, task);
  const originalMode = Int32Array.from(isKept.keys()).filter((mode) => isKept[mode] === 1);
  const budgets = [...project.budgets.keys()].filter((budget) => {
    let most = 0;
    for (let task = 0; task < project.taskCount; task++)
      most += extremeUse(project, isKept, task, budget, Math.max);
    return most > int32At(project.budgets, budget);
  });
  const rowsOf = (table: Int32Array, width: number, columns: readonly number[]): Int32Array =>
    Int32Array.from(
      [...originalMode].flatMap((mode) => columns.map((column) => int32At(table, mode * width + column))),
    );
  return {
    originalMode,
    project: {
      ...project,
      modeOffset,
      duration: originalMode.map((mode) => int32At(project.duration, mode)),
      demand: rowsOf(project.demand, project.capacities.length, [...project.capacities.keys()]),
      consumption: rowsOf(project.consumption, project.budgets.length, budgets),
      budgets: Int32Array.from(budgets, (budget) => int32At(project.budgets, budget)),
    },
  };
}

function countKept(project: Project, isKept: Uint8Array, task: number): number {
  let count = 0;
  for (let mode = firstMode(project, task); mode < firstMode(project, task + 1); mode++)
    count += isKept[mode] ?? 0;
  return count;
}

function firstMode(project: Project, task: number): number {
  return int32At(project.modeOffset, task);
}
