import type { RunEvent } from './run-event.ts';

type EventKey<Event> = Event extends unknown ? keyof Event : never;

/** The fields of a line, in the order in which they are written. */
const ORDER: Readonly<Record<EventKey<RunEvent>, true>> = {
  event: true,
  schema: true,
  atMs: true,
  plan: true,
  sha256: true,
  on: true,
  builders: true,
  task: true,
  attempt: true,
  job: true,
  builder: true,
  slot: true,
  mode: true,
  chroot: true,
  makeJobs: true,
  ramDiskBytes: true,
  outcome: true,
  then: true,
  reason: true,
  startedMs: true,
  endedMs: true,
  exitCode: true,
  peakBytes: true,
  memoryBytes: true,
  cpuMs: true,
  node: true,
};

/** The names of all fields of a line, in the order in which they are written. */
export const EVENT_FIELDS: readonly string[] = Object.keys(ORDER);

/** An event as a line of a journal, with its line feed. Equal events give equal bytes. */
export function formatEvent(event: RunEvent): string {
  return `${JSON.stringify(event, [...EVENT_FIELDS])}\n`;
}
