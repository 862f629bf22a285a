import { formatInstant } from '../base/instant.ts';
import { formatDuration } from '../base/quantity.ts';
import type { LoggedBuild } from '../parse/logs/logged-build.ts';
import { checkRecord, type CheckedRecord } from './check-record.ts';
import { BUILD_SCHEMA, type BuildRecord } from './record.ts';

/** Start and end may be told to the minute, of which old logs are. */
const ROUNDING_MS = 120_000;

/** What the user knows better than the log. */
export interface LearnedAs {
  /** What the plan calls the machine. */
  readonly builder: string | undefined;
  /** Where the chroots were. */
  readonly mode: 'ram' | 'disk' | undefined;
}

/**
 * Makes a record of what a log tells; what can't be true is left out with a reason.
 * @param file label of the log; its base name becomes part of the record
 */
export function recordOfLog(build: LoggedBuild, file: string, as: LearnedAs): CheckedRecord {
  const { tool, toolVersion, source, version, arch, buildArch, startedMs, endedMs } = build;
  const holdsChroot = build.endBytes !== undefined || build.chrootBytes !== undefined;
  const spanMs = startedMs === undefined || endedMs === undefined ? undefined : endedMs - startedMs;
  const isTooLong = (spanMs ?? -1) >= 0 && (build.wallMs ?? 0) > (spanMs ?? 0) + ROUNDING_MS;
  const record: BuildRecord = {
    schema: BUILD_SCHEMA,
    source,
    version,
    arch,
    buildArch: buildArch === arch ? undefined : buildArch,
    kind: build.kind,
    suite: build.suite,
    profiles: build.profiles,
    builder: as.builder ?? build.builder,
    startedAt: startedMs === undefined ? undefined : formatInstant(startedMs),
    endedAt: endedMs === undefined ? undefined : formatInstant(endedMs),
    outcome: build.outcome,
    failStage: build.failStage,
    wallMs: isTooLong ? undefined : build.wallMs,
    installMs: build.installMs,
    buildMs: build.buildMs,
    makeJobs: build.makeJobs,
    mode: as.mode ?? build.mode,
    holds: holdsChroot ? 'chroot' : undefined,
    endBytes: build.endBytes,
    baseBytes: build.baseBytes,
    chrootBytes: build.chrootBytes,
    dependsBytes: build.dependsBytes,
    downloadBytes: build.downloadBytes,
    treeBytes: build.treeBytes,
    packageBytes: build.packageBytes,
    installedPackages: build.installedPackages,
    from: { tool, toolVersion, file: file.slice(file.lastIndexOf('/') + 1) },
  };
  const { record: checked, problems } = checkRecord(record);
  if (!isTooLong) return { record: checked, problems };
  const reason = `${formatDuration(build.wallMs ?? 0)} is longer than from start to end`;
  return { record: checked, problems: [...problems, `wallMs: ${reason}`] };
}
