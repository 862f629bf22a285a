import type { BeginEvent, EndEvent, RunEvent, StartEvent, StopEvent } from './run-event.ts';
import type { TaskRun } from './run-state.ts';

/** What a journal tells of a plan. */
export interface RunHistory {
  /** By task id; a task that never began is not in it. In the order of their first starts. */
  readonly tasks: ReadonlyMap<string, TaskRun>;
  /** The first line: when it began, with which plan. Undefined: the journal is empty. */
  readonly begin: BeginEvent | undefined;
  /** How the last run ended; undefined: it was killed, or is still there. */
  readonly stop: StopEvent | undefined;
}

export const NEVER_RUN: TaskRun = { state: 'waiting', attempts: 0, tries: 0, isForDisk: false };

/** Plays the events of a journal: no decision is made anew. O(events) */
export function replay(events: readonly RunEvent[]): RunHistory {
  const tasks = new Map<string, TaskRun>();
  /** What ran when the last runner began: it was started by one before. */
  let adopted = new Set<string>();
  let begin: BeginEvent | undefined;
  let stop: StopEvent | undefined;
  for (const event of events) {
    stop = event.event === 'stop' ? event : undefined;
    if (event.event === 'begin') {
      begin ??= event;
      adopted = runningTasks(tasks);
    }
    if ('task' in event) {
      const { task } = event;
      tasks.set(task, applyEvent(tasks.get(task) ?? NEVER_RUN, event, adopted.has(task)));
      if (event.event === 'end') adopted.delete(task);
    }
  }
  return { tasks, begin, stop };
}

function runningTasks(tasks: ReadonlyMap<string, TaskRun>): Set<string> {
  return new Set([...tasks].flatMap(([task, { state }]) => (state === 'running' ? [task] : [])));
}

/**
 * What an event makes of the task that it tells of.
 * @param isAdopted whether the attempt that ends was begun by an earlier runner
 */
export function applyEvent(
  run: TaskRun,
  event: Extract<RunEvent, { readonly task: string }>,
  isAdopted: boolean,
): TaskRun {
  switch (event.event) {
    case 'start':
      return started(run, event);
    case 'submit':
      return { ...run, job: event.job };
    case 'end': {
      const { then } = event;
      return {
        ...run,
        state: then === 'done' ? 'built' : then === 'given-up' ? 'failed' : 'waiting',
        tries: run.tries + (isTry(event, isAdopted) ? 1 : 0),
        isForDisk: run.isForDisk || then === 'again-on-disk',
        end: event,
      };
    }
  }
}

/** A task that was given up and starts all the same is tried as if for the first time: somebody asked for it. */
function started({ state, tries, isForDisk }: TaskRun, start: StartEvent): TaskRun {
  return {
    state: 'running',
    attempts: start.attempt,
    tries: state === 'failed' ? 0 : tries,
    isForDisk,
    start,
  };
}

/**
 * Whether an attempt that ended badly counts as one of those that `--retries` allows: not what a person stopped, what only wanted more
 * room, what found the work folder full, or what went down with the runner that began it.
 */
function isTry({ outcome, then }: EndEvent, isAdopted: boolean): boolean {
  if (outcome === 'built' || outcome === 'interrupted' || then === 'again-on-disk') return false;
  if (outcome === 'disk-full' && then === 'again') return false;
  return outcome !== 'lost' || !isAdopted;
}
