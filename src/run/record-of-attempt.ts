import { recordOfLog } from '../history/record-of-log.ts';
import type { BuildOutcome, BuildRecord, RamHolds } from '../history/record.ts';
import type { RunOutcome } from '../journal/run-event.ts';
import { makeBuildRecord } from '../measure/make-record.ts';
import { parseBuildLogs } from '../parse/logs/parse-build-logs.ts';
import type { Attempt, AttemptEnd } from './attempt.ts';

/** What an attempt's record is made of besides its end. */
export interface RecordSource {
  /** What the place of the build holds; undefined: nobody knows where it was built. */
  readonly holds: RamHolds | undefined;
  /** The log, or as much of it as there is. */
  readonly log: string;
}

/** What the history calls an end; undefined: it teaches nothing about the package. */
const OUTCOMES: Readonly<Record<RunOutcome, BuildOutcome | undefined>> = {
  built: 'built',
  failed: 'failed',
  'no-space': 'no-space',
  'disk-full': 'no-space',
  'given-back': 'given-back',
  'timed-out': 'killed',
  killed: 'killed',
  lost: undefined,
  interrupted: undefined,
};

/**
 * What an attempt teaches about later builds: measured while it ran, with what sbuild's log tells.
 * @returns undefined for attempts that say nothing about the package: lost, stopped by a person, no builder
 */
export function recordOfAttempt(
  attempt: Attempt,
  end: AttemptEnd,
  { holds, log }: RecordSource,
): BuildRecord | undefined {
  const outcome = OUTCOMES[end.outcome];
  if (outcome === undefined || end.isFatal) return undefined;
  const { task, target, builder, makeJobs } = attempt;
  const { startedMs, endedMs, exitCode = 1 } = end;
  const mode = holds === undefined ? undefined : (end.builtIn ?? attempt.mode);
  const wallMs = endedMs - startedMs;
  const facts = {
    ...{ source: task.source, version: task.version, builder, makeJobs, mode },
    arch: target.kind === 'all' ? 'all' : target.arch,
    profiles: [...(task.profiles ?? target.profiles)].sort(),
    holds: holds ?? 'build',
  };
  const command = { tool: 'run', exitCode, signal: undefined, passedOn: undefined, startedMs };
  const measured = end.measured ?? { wallMs, samples: 0, longestGapMs: wallMs };
  const logged = loggedRecord(attempt, log, mode);
  const { buildArch } = task;
  return {
    ...makeBuildRecord(facts, command, measured, logged),
    ...(buildArch === undefined || buildArch === target.arch ? {} : { buildArch }),
    kind: target.kind,
    outcome,
    from: { tool: 'run', file: logged === undefined ? undefined : 'log' },
  };
}

/** What sbuild says of this build, if it was sbuild. */
function loggedRecord(
  { task, builder }: Attempt,
  log: string,
  mode: 'ram' | 'disk' | undefined,
): BuildRecord | undefined {
  return parseBuildLogs(log)
    .flatMap((reading) => (reading.kind === 'build' ? [reading.build] : []))
    .filter(({ source }) => source === task.source)
    .flatMap((build) => recordOfLog(build, 'log', { builder, mode }).record ?? [])
    .at(-1);
}
