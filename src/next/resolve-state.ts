import { at } from '../base/column.ts';
import { UserError, type Diagnostic } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import { toldTwice, unknownBuilder } from './diagnostics.ts';
import { unitFinder } from './find-unit.ts';
import type { RunningBuild, Standing } from './standing.ts';
import type { StateBuild, StateDocument, StateEntry } from './state-document.ts';

/** The lists of a state; who stands in two belongs to the first. */
const LISTS = ['finished', 'failed', 'running', 'forDisk'] as const;
const WORDS = {
  finished: 'finished',
  failed: 'failed',
  running: 'running',
  forDisk: 'yet to begin',
} as const;

/** Who names more that isn't there has the state of another plan, and each hint takes its time. */
const MOST_ERRORS = 20;

/**
 * Finds what a state names.
 * @param clockMs now, where the state does not say
 * @param placeOf where a value of the state stands; left out: it stands in no file
 * @throws UserError with the names, the first ones of many, that no build or builder of the plan has
 */
export function resolveState(
  planProblem: PlanProblem,
  state: StateDocument,
  clockMs: number,
  placeOf: (path: readonly PropertyKey[]) => Pick<Diagnostic, 'location'> = () => ({}),
): { readonly standing: Standing; readonly warnings: readonly Diagnostic[] } {
  const find = unitFinder(planProblem.tasks);
  const errors: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const listOf = new Map<number, (typeof LISTS)[number]>();
  const running: RunningBuild[] = [];
  for (const list of LISTS) {
    for (const [index, entry] of (state[list] ?? []).entries()) {
      if (errors.length === MOST_ERRORS) break;
      const build: StateBuild = typeof entry === 'string' ? { id: entry } : entry;
      const task = find(build.id);
      if (typeof task !== 'number') {
        errors.push({ ...task, ...placeOf([list, index]) });
        continue;
      }
      const before = listOf.get(task);
      if (before !== undefined) {
        const { id } = at(planProblem.tasks, task);
        if (before !== list) warnings.push(toldTwice(id, WORDS[before], WORDS[list]));
        continue;
      }
      listOf.set(task, list);
      if (list !== 'running') continue;
      const known = runningBuild(planProblem, task, build, state.atMs ?? clockMs);
      if ('code' in known) errors.push({ ...known, ...placeOf([list, index]) });
      else running.push(known);
    }
  }
  if (errors.length > 0) throw new UserError(errors);
  const tasksIn = (list: (typeof LISTS)[number]): readonly number[] =>
    [...listOf].flatMap(([task, where]) => (where === list ? task : [])).sort((a, b) => a - b);
  const standing = { finished: tasksIn('finished'), failed: tasksIn('failed'), forDisk: tasksIn('forDisk') };
  return { standing: { ...standing, running }, warnings };
}

/** A running build as it was told; or what is wrong with that. */
export function runningBuild(
  { problem, tasks }: PlanProblem,
  task: number,
  { builder: name, slot, mode, chroot, makeJobs, startedMs, runningMs }: Exclude<StateEntry, string>,
  nowMs: number,
): RunningBuild | Diagnostic {
  const builder = problem.builders.findIndex((one) => one.name === name);
  if (name !== undefined && builder < 0) {
    const names = problem.builders.map((one) => one.name);
    return unknownBuilder(at(tasks, task).id, name, nearestName(name, names));
  }
  return {
    ...{ task, slot, mode, chroot, makeJobs },
    builder: name === undefined ? undefined : builder,
    runningMs: runningMs ?? (startedMs === undefined ? 0 : Math.max(0, nowMs - startedMs)),
  };
}
