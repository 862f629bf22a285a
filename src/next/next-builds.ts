import { at } from '../base/column.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { float64At } from '../base/cells.ts';
import type { Dispatcher } from '../dispatch/dispatcher.ts';
import type { TaskState } from '../dispatch/dispatching.ts';
import type { Hold } from '../dispatch/find-holds.ts';
import type { Placement } from '../dispatch/problem.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import { playThrough } from '../schedule/play-through.ts';
import { neededOf } from './blocked-by.ts';
import {
  NEXT_SCHEMA,
  type NextAnswer,
  type NextBlocked,
  type NextHeld,
  type NextStart,
} from './next-document.ts';
import { dispatchRest, poseRest } from './pose-rest.ts';
import { resolveState } from './resolve-state.ts';
import type { Standing } from './standing.ts';
import type { StateDocument } from './state-document.ts';

/**
 * Which builds of a plan may start now, where and how, and what is held back for what: what the dispatcher of `debplan run` would do in
 * the same place. The builds of `start` count as started for all that the answer says of others.
 * @param state what has been built, has failed and runs
 * @param clockMs now in ms since 1970, where the state does not say
 * @returns about 3 ms for 500 builds
 * @throws UserError for names that the plan does not have
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const planProblem = problemOfPlan(plan, 'plan.json');
 * const { start } = nextBuilds(planProblem, { schema: 'debplan/state@1' }, Date.now());
 * start.length > 0; // → true
 */
export function nextBuilds(planProblem: PlanProblem, state: StateDocument, clockMs: number): NextAnswer {
  const { standing, warnings } = resolveState(planProblem, state, clockMs);
  return nextOf(planProblem, standing, warnings);
}

/** The same for what is resolved already. @param warnings what was contradictory in what was told */
export function nextOf(
  planProblem: PlanProblem,
  standing: Standing,
  warnings: readonly Diagnostic[] = [],
): NextAnswer {
  const rest = poseRest(planProblem, standing);
  const dispatcher = dispatchRest(rest, planProblem);
  const starts = dispatcher.start(0);
  const played = playThrough(rest.problem, dispatchRest(rest, planProblem));
  const startOf = new Map(played.placements.map(({ task, startMs }) => [task, startMs]));
  const { tasks } = planProblem;
  const countOf = (state: TaskState): number =>
    tasks.reduce((count, _, task) => count + (dispatcher.state(task) === state ? 1 : 0), 0);
  return {
    schema: NEXT_SCHEMA,
    start: starts.map((placement) => describeStart(planProblem, placement)),
    held: dispatcher.holds().map((hold) => describeHold(planProblem, hold, startOf.get(hold.task))),
    waiting: countOf('waiting'),
    running: standing.running.length,
    finished: countOf('finished'),
    failed: countOf('failed'),
    blocked: describeBlocked(planProblem, standing, dispatcher),
    done: dispatcher.isDone,
    remainingMs: played.makespanMs,
    warnings: [...warnings, ...rest.warnings].map(({ message }) => message),
  };
}

function describeStart(
  { problem, tasks }: PlanProblem,
  { task, builder, slot, mode, chroot, makeJobs, startMs, endMs }: Placement,
): NextStart {
  const { id, source, version } = at(tasks, task);
  return {
    ...{ id, source, version, arch: placeOf(id), builder: at(problem.builders, builder).name, slot, mode },
    ...(chroot < 0 ? {} : { chroot }),
    makeJobs,
    ramDiskBytes: mode === 'ram' ? float64At(problem.ramDiskBytes, task) : 0,
    expectedMs: endMs - startMs,
  };
}

/** What an id says that it builds for: its last part, without its stage. */
function placeOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).replace(/\+.*$/, '');
}

function describeHold(
  { problem, tasks }: PlanProblem,
  { task, why, builder, mode, free, needed, forTask, startMs }: Hold,
  playedMs = startMs,
): NextHeld {
  const isInBytes = why === 'ram-disk' || why === 'memory' || why === 'chroot';
  return {
    ...{ id: at(tasks, task).id, why, builder: at(problem.builders, builder).name, mode },
    ...(forTask < 0 ? {} : { forId: at(tasks, forTask).id }),
    ...(isInBytes ? { freeBytes: free, neededBytes: needed } : {}),
    expectedStartMs: playedMs,
  };
}

function describeBlocked(
  { problem, tasks }: PlanProblem,
  { failed }: Standing,
  dispatcher: Dispatcher,
): readonly NextBlocked[] {
  const needed = neededOf(problem.dag, new Set(failed));
  return [...needed.keys()]
    .filter((task) => dispatcher.state(task) === 'cancelled')
    .sort((a, b) => a - b)
    .map((task) => ({
      id: at(tasks, task).id,
      because: (needed.get(task) ?? []).map((cause) => at(tasks, cause).id),
    }));
}
