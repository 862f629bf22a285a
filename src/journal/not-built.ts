import type { Plan, PlanUnbuildable } from '../plan/plan.ts';
import { replay } from './replay.ts';
import type { RunEvent } from './run-event.ts';
import type { TaskRun } from './run-state.ts';

/** Why tasks of a plan were not built when it was run. O(tasks + needs + events) */
export function notBuilt(
  plan: Plan,
  events: readonly RunEvent[],
  isBuilt: (id: string) => boolean,
): readonly PlanUnbuildable[] {
  const { tasks: runs } = replay(events);
  const needsOf = new Map(plan.targets.flatMap(({ tasks }) => tasks.map(({ id, needs }) => [id, needs])));
  const causes = new Map<string, string | undefined>();
  /** The failed build that keeps a task from being built; undefined: none. */
  const causeOf = (id: string): string | undefined => {
    const stack = [id];
    for (let task = stack.at(-1); task !== undefined; task = stack.at(-1)) {
      const open = (needsOf.get(task) ?? []).filter((need) => !causes.has(need));
      if (!isFailed(runs.get(task)) && open.length > 0) {
        stack.push(...open);
        continue;
      }
      stack.pop();
      const needed = (needsOf.get(task) ?? []).map((need) => causes.get(need));
      causes.set(task, isFailed(runs.get(task)) ? task : needed.find((cause) => cause !== undefined));
    }
    return causes.get(id);
  };
  return plan.targets.flatMap(({ target: { arch }, tasks }) =>
    tasks
      .filter(({ id }) => !isBuilt(id))
      .map(({ id, source, version }) => ({
        ...{ source, version, arch, unit: id },
        ...why(runs.get(id), id, causeOf(id)),
      })),
  );
}

function isFailed(run: TaskRun | undefined): boolean {
  return run?.state === 'failed';
}

function why(
  run: TaskRun | undefined,
  id: string,
  cause: string | undefined,
): Pick<PlanUnbuildable, 'kind' | 'reason'> {
  if (cause === id) {
    const tries = run === undefined || run.attempts < 2 ? '' : ` (attempt ${String(run.attempts)})`;
    return { kind: 'build-failed', reason: `${run?.end?.reason ?? run?.end?.outcome ?? 'failed'}${tries}` };
  }
  if (cause !== undefined) return { kind: 'needs-failed', reason: `needs ${cause}, which failed` };
  if (run?.state === 'running') return { kind: 'not-run', reason: 'it ran when this was written' };
  if (run !== undefined) return { kind: 'not-run', reason: 'it was to be tried again' };
  return { kind: 'not-run', reason: 'it had not begun when the run ended' };
}
