import { seededRandom } from '../../src/base/random.ts';
import { at } from '../../src/base/column.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import {
  JOURNAL_SCHEMA,
  type EndEvent,
  type RunEvent,
  type StartEvent,
} from '../../src/journal/run-event.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';

export interface PlayedOptions {
  readonly seed: number;
  /** Real durations are the expected ones times something between these. */
  readonly shortest?: number;
  readonly longest?: number;
  /** Share of attempts that fail; every second of them is tried again. */
  readonly failing?: number;
  /** How far clocks of builds are off. */
  readonly jitterMs?: number;
  /** After how many ends the run is stopped, with what still runs left alone, and resumed after an hour. */
  readonly pauseAfter?: readonly number[];
  /** After how many ends it stops for good. */
  readonly stopAfter?: number;
  /** Names of nodes, for a run on Slurm. */
  readonly nodes?: readonly string[];
}

export const BEGAN_MS = 1_764_000_000_000;
export const PAUSE_MS = 3_600_000;

/** The journal of a run that the dispatcher drives, with durations of its own. */
export function playRun(plan: Plan, options: PlayedOptions): readonly RunEvent[] {
  const { shortest = 1, longest = 1, failing = 0, jitterMs = 0, stopAfter = Infinity } = options;
  const { pauseAfter = [], nodes } = options;
  const random = seededRandom(options.seed);
  const { problem, rule, tasks } = problemOfPlan(plan, 'plan.json');
  const dispatcher = new Dispatcher(problem, rule);
  const begin: RunEvent = {
    ...{ event: 'begin', schema: JOURNAL_SCHEMA, atMs: BEGAN_MS, plan: 'plan.json', sha256: '0'.repeat(64) },
    ...{ on: nodes === undefined ? 'here' : 'slurm', builders: problem.builders.map(({ name }) => name) },
  };
  const events: RunEvent[] = [begin];
  const attempts = new Map<number, number>();
  let running: { readonly task: number; readonly start: StartEvent; readonly endMs: number }[] = [];
  let nowMs = BEGAN_MS;
  let ends = 0;
  const startAll = (): void => {
    for (const placement of dispatcher.start(nowMs - BEGAN_MS)) {
      const { task, builder, slot, mode, chroot, makeJobs } = placement;
      const attempt = (attempts.get(task) ?? 0) + 1;
      attempts.set(task, attempt);
      const start: StartEvent = {
        ...{ event: 'start', atMs: nowMs, task: at(tasks, task).id, attempt },
        ...{ builder: at(problem.builders, builder).name, slot, mode },
        ...(chroot < 0 ? {} : { chroot }),
        ...{ makeJobs, ramDiskBytes: mode === 'ram' ? at(problem.ramDiskBytes, task) : 0 },
      };
      events.push(start);
      const factor = shortest + (longest - shortest) * random();
      const endMs = nowMs + Math.ceil((placement.endMs - placement.startMs) * factor);
      running.push({ task, start, endMs });
    }
  };
  const jitter = (): number => Math.round((random() - 0.5) * 2 * jitterMs);
  startAll();
  while (running.length > 0 && ends < stopAfter) {
    running.sort((a, b) => a.endMs - b.endMs || a.task - b.task);
    const [first] = running;
    if (first === undefined) break;
    running = running.filter((one) => one !== first);
    nowMs = Math.max(nowMs, first.endMs);
    const { task, start } = first;
    const isFailure = random() < failing;
    const isRetried = isFailure && start.attempt === 1 && random() < 0.5;
    const end: EndEvent = {
      ...{ event: 'end', atMs: nowMs, task: start.task, attempt: start.attempt },
      outcome: isFailure ? 'failed' : 'built',
      then: isRetried ? 'again' : isFailure ? 'given-up' : 'done',
      ...(isFailure ? { reason: 'make: *** [all] Error 2' } : {}),
      startedMs: start.atMs + jitter(),
      endedMs: first.endMs + jitter(),
      ...(nodes === undefined ? {} : { node: at(nodes, Math.floor(random() * nodes.length)) }),
    };
    events.push(end);
    ends++;
    if (isRetried) dispatcher.retry(task, false);
    else if (isFailure) dispatcher.fail(task);
    else dispatcher.finish(task);
    if (pauseAfter.includes(ends)) {
      events.push({ event: 'stop', atMs: nowMs, reason: 'interrupted' });
      nowMs = Math.max(nowMs, ...running.map(({ endMs }) => endMs)) + PAUSE_MS;
      events.push({ ...begin, atMs: nowMs });
    }
    startAll();
  }
  const isDone = running.length === 0;
  events.push({ event: 'stop', atMs: nowMs, reason: isDone ? 'done' : 'interrupted' });
  return events;
}
