import type { TaskRun } from '../journal/run-state.ts';
import type { StartEvent } from '../journal/run-event.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import type { RunningBuild, Standing } from './standing.ts';

/**
 * What a journal tells of a plan's builds. Tasks that are not in the plan are left out, and builders that it has not are unknown.
 * @param skipped ids of what is not built here: what needs them is not built either
 * @param nowMs ms since 1970
 */
export function standingOfRun(
  { problem, tasks }: PlanProblem,
  runs: ReadonlyMap<string, TaskRun>,
  skipped: ReadonlySet<string>,
  nowMs: number,
): Standing {
  const indexOf = new Map(problem.builders.map(({ name }, index) => [name, index]));
  const finished: number[] = [];
  const failed: number[] = [];
  const forDisk: number[] = [];
  const running: RunningBuild[] = [];
  tasks.forEach(({ id }, task) => {
    const run = runs.get(id);
    if (run?.state === 'built') finished.push(task);
    else if (run?.state === 'failed' || (run?.state !== 'running' && skipped.has(id))) failed.push(task);
    else if (run?.isForDisk === true) forDisk.push(task);
    if (run?.state === 'running' && run.start !== undefined)
      running.push(runningBuild(task, run.start, indexOf, nowMs));
  });
  return { finished, failed, forDisk, running };
}

function runningBuild(
  task: number,
  { atMs, builder, slot, mode, chroot, makeJobs }: StartEvent,
  indexOf: ReadonlyMap<string, number>,
  nowMs: number,
): RunningBuild {
  const runningMs = Math.max(0, nowMs - atMs);
  return { task, runningMs, builder: indexOf.get(builder), slot, mode, chroot, makeJobs };
}
