import type { EndEvent } from '../journal/run-event.ts';
import type { Attempt, AttemptEnd } from './attempt.ts';

/** What the journal is told of an attempt's end. */
export function endEvent(attempt: Attempt, end: AttemptEnd, then: EndEvent['then'], atMs: number): EndEvent {
  const { outcome, reason, startedMs, endedMs, exitCode, measured, node } = end;
  return {
    event: 'end',
    atMs,
    task: attempt.task.id,
    attempt: attempt.number,
    outcome,
    then,
    ...(reason === undefined ? {} : { reason }),
    startedMs,
    endedMs,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(measured?.peakBytes === undefined ? {} : { peakBytes: measured.peakBytes }),
    ...(measured?.memoryBytes === undefined ? {} : { memoryBytes: measured.memoryBytes }),
    ...(measured?.cpuMs === undefined ? {} : { cpuMs: measured.cpuMs }),
    ...(node === undefined ? {} : { node }),
  };
}
