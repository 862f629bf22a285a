import { at } from './base/column.ts';
import type { Report } from './base/diagnostic.ts';
import type { DryRun } from './emit/run/dry-run-text.ts';
import { dispatchRest, poseRest } from './next/pose-rest.ts';
import { standingOfRun } from './next/standing-of-run.ts';
import { BACKENDS } from './run/backends/backends.ts';
import { ramPlace } from './run/here/machine.ts';
import { findUser, prepareHere } from './run/here/prepare-here.ts';
import { readWork } from './run/open-work.ts';
import { wallClock } from './run/this-runner.ts';
import { builderSettings } from './run-settings.ts';
import { workRequest, type FolderRun } from './folder-run.ts';

/**
 * What a run would do first, and what this machine can do for it. Nothing is changed or locked.
 * @throws UserError for what a run would refuse
 */
export async function dryRun(run: FolderRun, report: Report): Promise<DryRun> {
  const { plan, planProblem, planFile, selection, options, work, builders } = run;
  const { history } = await readWork(work, workRequest(run), report);
  const narrowed = { ...planProblem, problem: selection.problem };
  const skipped = new Set([...selection.skipped.keys()].map((task) => at(planProblem.tasks, task).id));
  const standing = standingOfRun(narrowed, history.tasks, skipped, wallClock());
  const failed = options.retriesFailed ? standing.failed.filter((task) => isSkipped(task)) : standing.failed;
  const dispatcher = dispatchRest(poseRest(narrowed, { ...standing, failed }), narrowed);
  const states = planProblem.tasks.map((_, task) => dispatcher.state(task));
  const settings = builderSettings(plan, options);
  const failedBefore = failed.filter((task) => !isSkipped(task)).length;
  const unmeant = failed.length - failedBefore;
  const blocked = states.filter((state) => state === 'cancelled').length;
  function isSkipped(task: number): boolean {
    return selection.skipped.has(task);
  }
  return {
    ...{ plan: planFile.name, work: options.work, total: planProblem.tasks.length },
    builders: plan.builders.filter(({ name }) => builders.includes(name)),
    backend: BACKENDS[settings.backend].describe,
    ramPlace: await ramPlaceOf(run, report),
    built: standing.finished.length,
    ...{ failed: failedBefore, running: standing.running.length, left: unmeant + blocked },
    starts: dispatcher.start(0).map(({ task, builder, slot, mode, makeJobs, startMs, endMs }) => ({
      ...{ id: at(planProblem.tasks, task).id, builder: at(selection.problem.builders, builder).name },
      ...{ slot, mode, makeJobs, expectedMs: endMs - startMs },
      ramDiskBytes: at(planProblem.tasks, task).ramDiskBytes,
    })),
  };
}

/** @throws UserError where no build could succeed here */
async function ramPlaceOf(
  { plan, selection, options, work }: FolderRun,
  report: Report,
): Promise<DryRun['ramPlace']> {
  if (options.place !== 'here') return undefined;
  const { ramDirectory } = options;
  const isInRam = selection.problem.builders.some(({ ramDiskBytes }) => ramDiskBytes > 0);
  const settings = builderSettings(plan, options);
  const user = options.user === undefined ? undefined : await findUser(options.user);
  const machine = await prepareHere({ work, settings, user, ramDirectory }, isInRam, report);
  if (!isInRam) return undefined;
  return ramPlace(machine, settings, ramDirectory);
}
