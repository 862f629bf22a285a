import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import type { Project, ProjectSchedule } from './project.ts';

/**
 * Checks a schedule of a project without any code of those that make schedules: each task in one of its own modes, not before
 * its release and its needs, no resource taken beyond its capacity at any instant or its budget in all.
 * @returns what is wrong, in words; empty for a valid schedule. O(tasks² × resources)
 */
export function verifyProjectSchedule(project: Project, schedule: ProjectSchedule): readonly string[] {
  const { start, mode } = schedule;
  if (start.length !== project.taskCount || mode.length !== project.taskCount)
    return [`starts ${start.length} tasks in ${mode.length} modes, but the project has ${project.taskCount}`];
  const wrong: string[] = [];
  let last = 0;
  for (let task = 0; task < project.taskCount; task++) {
    if (at(mode, task) < at(project.modeOffset, task) || at(mode, task) >= at(project.modeOffset, task + 1))
      return [`task ${task} has no mode ${at(mode, task)}`];
    if (at(start, task) < at(project.release, task)) wrong.push(`task ${task} starts before its release`);
    for (const need of row(project.dag.needs, task))
      if (endOf(project, schedule, need) > at(start, task))
        wrong.push(`task ${task} starts before task ${need} ends`);
    last = Math.max(last, endOf(project, schedule, task));
  }
  if (schedule.makespan !== last) wrong.push(`makespan ${schedule.makespan} instead of ${last}`);
  return [...wrong, ...verifyCapacities(project, schedule), ...verifyBudgets(project, schedule)];
}

/** Use only rises where a task starts: there it is summed up. */
function verifyCapacities(project: Project, schedule: ProjectSchedule): readonly string[] {
  const wrong: string[] = [];
  const width = project.capacities.length;
  for (const instant of new Set(schedule.start)) {
    const used = new Float64Array(width);
    for (let task = 0; task < project.taskCount; task++) {
      if (at(schedule.start, task) > instant || endOf(project, schedule, task) <= instant) continue;
      for (let resource = 0; resource < width; resource++)
        used[resource] = at(used, resource) + at(project.demand, at(schedule.mode, task) * width + resource);
    }
    used.forEach((sum, resource) => {
      const capacity = at(project.capacities, resource);
      if (sum > capacity)
        wrong.push(`resource ${resource} has ${capacity} at ${instant}, but ${sum} is taken`);
    });
  }
  return wrong;
}

function verifyBudgets(project: Project, schedule: ProjectSchedule): readonly string[] {
  const width = project.budgets.length;
  return [...project.budgets].flatMap((budget, resource) => {
    let sum = 0;
    for (const mode of schedule.mode) sum += at(project.consumption, mode * width + resource);
    return sum > budget ? [`budget ${resource} has ${budget}, but ${sum} is taken`] : [];
  });
}

function endOf(project: Project, schedule: ProjectSchedule, task: number): number {
  return at(schedule.start, task) + at(project.duration, at(schedule.mode, task));
}
