import type { EndEvent, RunEvent, StartEvent } from './run-event.ts';

/** The attempt that built a task, on the clock of the run. */
export interface BuiltAttempt {
  readonly start: StartEvent;
  readonly end: EndEvent;
  /** ms from the run's begin, its pauses taken out; `startMs` < `endMs`. */
  readonly startMs: number;
  readonly endMs: number;
}

export interface BuiltAttempts {
  /** By task id, in the order of their ends. */
  readonly built: ReadonlyMap<string, BuiltAttempt>;
  /** All that were begun. */
  readonly attempts: number;
  /** What was taken out: the time in which no runner was there and nothing was built. */
  readonly pausedMs: number;
  /** From the first begin to the last thing that happened to a build, pauses taken out: looking on adds nothing. */
  readonly workedMs: number;
}

interface Pause {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Which attempts built what, and when. Where a run was stopped and resumed, the time between counts only as far as builds went on in
 * it. Clocks of nodes may differ: a build is never taken to have begun before it was started, or to have ended after its end was
 * known. O(events log events)
 */
export function builtAttempts(events: readonly RunEvent[]): BuiltAttempts {
  const starts = new Map<string, StartEvent>();
  const found: (readonly [StartEvent, EndEvent])[] = [];
  let attempts = 0;
  for (const event of events) {
    if (event.event === 'start') {
      starts.set(event.task, event);
      attempts++;
    }
    const start = event.event === 'end' ? starts.get(event.task) : undefined;
    if (event.event === 'end' && event.then === 'done' && start?.attempt === event.attempt)
      found.push([start, event]);
  }
  const beganMs = events[0]?.atMs ?? 0;
  const pauses = pausesOf(events);
  const clock = (ms: number): number => {
    const pausedMs = pauses.reduce(
      (sum, { fromMs, untilMs }) => sum + Math.max(0, Math.min(ms, untilMs) - fromMs),
      0,
    );
    return Math.max(0, ms - beganMs - pausedMs);
  };
  const built = new Map(
    found.map(([start, end]): [string, BuiltAttempt] => {
      const startMs = clock(Math.min(Math.max(end.startedMs, start.atMs), end.atMs));
      const endMs = Math.max(startMs + 1, clock(Math.min(end.endedMs, end.atMs)));
      return [end.task, { start, end, startMs, endMs }];
    }),
  );
  const pausedMs = pauses.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0);
  const lastMs = events.reduce((ms, event) => ('task' in event ? Math.max(ms, event.atMs) : ms), beganMs);
  return { built, attempts, pausedMs, workedMs: clock(lastMs) };
}

/** From the last thing that happened under a runner, or in a build that it left running, to the begin of the next one. */
function pausesOf(events: readonly RunEvent[]): readonly Pause[] {
  const pauses: Pause[] = [];
  /** Started and not ended, with what is known of their ends. */
  const endOf = endsOf(events);
  const open = new Map<string, StartEvent>();
  let lastMs = events[0]?.atMs ?? 0;
  events.forEach((event) => {
    if (event.event === 'begin') {
      const activeMs = [...open.values()].map((start) => endOf.get(keyOf(start)) ?? lastMs);
      const fromMs = Math.min(event.atMs, Math.max(lastMs, ...activeMs));
      if (fromMs < event.atMs) pauses.push({ fromMs, untilMs: event.atMs });
    }
    if (event.event === 'start') open.set(event.task, event);
    if (event.event === 'end') open.delete(event.task);
    lastMs = Math.max(lastMs, event.atMs);
  });
  return pauses;
}

/** When attempts ended, of those that are known to have run to an end. */
function endsOf(events: readonly RunEvent[]): ReadonlyMap<string, number> {
  return new Map(
    events.flatMap((event) =>
      event.event === 'end' && event.outcome !== 'lost' && event.outcome !== 'interrupted'
        ? [[keyOf(event), event.endedMs] as const]
        : [],
    ),
  );
}

function keyOf({ task, attempt }: Pick<StartEvent, 'task' | 'attempt'>): string {
  return `${String(attempt)} ${task}`;
}
