import { at } from '../../../src/base/column.ts';
import { row } from '../../../src/base/csr.ts';
import type { Project, ProjectSchedule } from '../../../src/schedule/project.ts';

/** The serial generation scheme, obviously: each task at the first instant at which it fits beside those before it. */
export function slowSerial(
  project: Project,
  order: readonly number[],
  modes: readonly number[],
): ProjectSchedule {
  const start = new Int32Array(project.taskCount).fill(-1);
  const endOf = (task: number): number => at(start, task) + at(project.duration, at(modes, task));
  order.forEach((task, index) => {
    let from = at(project.release, task);
    for (const need of row(project.dag.needs, task)) from = Math.max(from, endOf(need));
    const placed = order.slice(0, index);
    while (!fits(project, modes, start, placed, task, from)) from++;
    start[task] = from;
  });
  const makespan = order.reduce((last, task) => Math.max(last, endOf(task)), 0);
  return { start, mode: Int32Array.from(modes), makespan };
}

function fits(
  project: Project,
  modes: readonly number[],
  start: Int32Array,
  placed: readonly number[],
  task: number,
  from: number,
): boolean {
  const width = project.capacities.length;
  const mode = at(modes, task);
  for (let instant = from; instant < from + at(project.duration, mode); instant++) {
    for (let resource = 0; resource < width; resource++) {
      let taken = at(project.demand, mode * width + resource);
      for (const other of placed) {
        const begin = at(start, other);
        const isRunning = begin <= instant && instant < begin + at(project.duration, at(modes, other));
        if (isRunning) taken += at(project.demand, at(modes, other) * width + resource);
      }
      if (taken > at(project.capacities, resource)) return false;
    }
  }
  return true;
}

/** The same project from its end: who waits for whom is turned round. Releases are left out. */
export function reversed(project: Project): Project {
  const { needs, dependents, order } = project.dag;
  return {
    ...project,
    dag: { ...project.dag, needs: dependents, dependents: needs, order: order.slice().reverse() },
    release: new Int32Array(project.taskCount),
  };
}

/** All lists in which needs come first. */
export function* allOrders(project: Project, prefix: readonly number[] = []): Generator<readonly number[]> {
  if (prefix.length === project.taskCount) {
    yield prefix;
    return;
  }
  for (let task = 0; task < project.taskCount; task++) {
    if (prefix.includes(task) || !row(project.dag.needs, task).every((need) => prefix.includes(need)))
      continue;
    yield* allOrders(project, [...prefix, task]);
  }
}

/** All ways to choose a mode for each task that fit the capacities and keep the budgets. */
export function allModes(project: Project): readonly (readonly number[])[] {
  let choices: number[][] = [[]];
  for (let task = 0; task < project.taskCount; task++) {
    const modes: number[] = [];
    for (let mode = at(project.modeOffset, task); mode < at(project.modeOffset, task + 1); mode++)
      if (project.capacities.every((capacity, resource) => demandOf(project, mode, resource) <= capacity))
        modes.push(mode);
    choices = choices.flatMap((chosen) => modes.map((mode) => [...chosen, mode]));
  }
  const width = project.budgets.length;
  return choices.filter((modes) =>
    project.budgets.every(
      (budget, index) =>
        modes.reduce((sum, mode) => sum + at(project.consumption, mode * width + index), 0) <= budget,
    ),
  );
}

/** Makespan of the best of all serial schedules: among them is an optimal one. */
export function bruteOptimum(project: Project): number {
  let best = Infinity;
  for (const modes of allModes(project))
    for (const order of allOrders(project)) best = Math.min(best, slowSerial(project, order, modes).makespan);
  return best;
}

function demandOf(project: Project, mode: number, resource: number): number {
  return at(project.demand, mode * project.capacities.length + resource);
}
