import fc from 'fast-check';
import {
  AFTER_END,
  JOURNAL_SCHEMA,
  RUN_OUTCOMES,
  type BeginEvent,
  type EndEvent,
  type RunEvent,
  type StartEvent,
} from '../../src/journal/run-event.ts';

export const SHA256 = 'a'.repeat(64);

export const BEGIN: BeginEvent = {
  event: 'begin',
  schema: JOURNAL_SCHEMA,
  atMs: 1,
  plan: 'plan.json',
  sha256: SHA256,
  on: 'here',
  builders: ['one'],
};

export function start(task: string, attempt: number, given: Partial<StartEvent> = {}): StartEvent {
  return {
    event: 'start',
    atMs: 2,
    ...{ task, attempt, builder: 'one', slot: 0, mode: 'ram', makeJobs: 1, ramDiskBytes: 4096 },
    ...given,
  };
}

export function end(
  task: string,
  attempt: number,
  outcome: EndEvent['outcome'],
  then: EndEvent['then'],
): EndEvent {
  return { event: 'end', atMs: 3, task, attempt, outcome, then, startedMs: 2, endedMs: 3 };
}

/** Journals that a run could have written, with names that nobody should give. */
export function journals(): fc.Arbitrary<readonly RunEvent[]> {
  const step = fc.record({
    task: fc.constantFrom('a/amd64', 'ö\u2028"\\/arm64', '\u0000', '💾'),
    isSubmitted: fc.boolean(),
    isBegin: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
    outcome: fc.constantFrom(...RUN_OUTCOMES),
    then: fc.constantFrom(...AFTER_END),
    reason: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
  });
  return fc.array(step, { maxLength: 30, size: 'max' }).map((steps) => {
    const events: RunEvent[] = [BEGIN];
    const attempts = new Map<string, number>();
    const running = new Set<string>();
    for (const { task, isSubmitted, isBegin, outcome, then, reason } of steps) {
      const attempt = attempts.get(task) ?? 0;
      if (isBegin) events.push(BEGIN);
      else if (running.has(task)) {
        if (isSubmitted) events.push({ event: 'submit', atMs: 3, task, attempt, job: '17' });
        else running.delete(task);
        if (!isSubmitted)
          events.push({ ...end(task, attempt, outcome, then), ...(reason === undefined ? {} : { reason }) });
      } else {
        events.push(start(task, attempt + 1));
        attempts.set(task, attempt + 1);
        running.add(task);
      }
    }
    return events;
  });
}
