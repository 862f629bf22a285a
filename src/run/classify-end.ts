import { formatBytes } from '../base/quantity.ts';
import type { RunOutcome } from '../journal/run-event.ts';
import type { Measured } from '../measure/measured.ts';
import type { LoggedBuild } from '../parse/logs/logged-build.ts';
import { parseBuildLogs } from '../parse/logs/parse-build-logs.ts';
import { failureReason, onOneLine } from './log-reason.ts';
import { logSigns, type LogSigns } from './log-signs.ts';

/** What is known when an attempt has ended. */
export interface EndFacts {
  /** 128 + n for signal n; undefined: nobody knows. */
  readonly exitCode: number | undefined;
  /** All of it, or its first and last part. */
  readonly log: string;
  /** Whether chroot and build tree were in memory. */
  readonly mode: 'ram' | 'disk';
  /** Size of the RAM disk; 0: none, or nothing kept it to its size. */
  readonly ramDiskBytes: number;
  readonly measured: Measured | undefined;
  /** Room on the disk of the attempt's folder, where packages and log go; left out: nobody has looked. */
  readonly diskFreeBytes?: number;
  /** How many of its processes the kernel has killed for want of memory. */
  readonly oomKills: number;
  /** What debplan itself stopped it for. */
  readonly stopped: { readonly outcome: RunOutcome; readonly reason: string } | undefined;
  /** Logs that match one of them are of failures that may pass. */
  readonly transientPatterns: readonly RegExp[];
}

/** What an end means. */
export interface JudgedEnd {
  readonly outcome: RunOutcome;
  readonly isTransient: boolean;
  /** One line for people; undefined when it was built. */
  readonly reason: string | undefined;
  /** Whether every other build would end as this one did: no builder, no chroot. */
  readonly isFatal: boolean;
}

/** A RAM disk with less left than this share of it was full: who met the end may have removed its last file already. */
const FULL_SHARE = 0.99;
/** A disk with less room than this was full: what could not be written has left some. */
const FULL_DISK_BYTES = 2 ** 24;
const FULL_WORK_DISK = 'the disk of the work folder was full';
/** A command that can't be started says little. */
const MOST_LINES_WITHOUT_BUILDER = 5;
const KILLED: ReadonlyMap<number, string> = new Map([
  [129, 'SIGHUP'],
  [130, 'SIGINT'],
  [137, 'SIGKILL'],
  [143, 'SIGTERM'],
]);
/** Stages of sbuild in which the package has not been touched. */
const BEFORE_BUILD =
  /^(?:create-session|setup|chroot|apt-get|lock|fetch-src|install-deps|explain-|resolve|arch-check|check-space)/;
const IN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^create-session/, 'while the chroot was unpacked'],
  [/^(?:install-deps|explain-|apt-get)/, 'while build dependencies were installed'],
  [/^fetch-src|^unpack/, 'while the source was unpacked'],
  [/^build/, 'during the build'],
];

/** Judges how an attempt ended. O(length of the log) */
export function classifyEnd(facts: EndFacts): JudgedEnd {
  const { exitCode, log, stopped, transientPatterns } = facts;
  if (exitCode === 0) return { outcome: 'built', isTransient: false, reason: undefined, isFatal: false };
  if (stopped !== undefined) return end(stopped.outcome, stopped.reason);
  if (exitCode === undefined) {
    // the shim could write neither that it began nor how it ended
    if (isFullDisk(facts)) return end('disk-full', FULL_WORK_DISK);
    return end('lost', 'the builder command went away, and left no exit code', { isTransient: true });
  }
  const lines = log.split(/\r?\n/);
  const signs = logSigns(lines);
  const judged = judge({ ...facts, exitCode }, lines, signs);
  const isPassing = transientPatterns.some((pattern) => lines.some((line) => pattern.test(line)));
  const mayPass = ['failed', 'given-back', 'killed', 'timed-out'].includes(judged.outcome);
  return isPassing && mayPass ? { ...judged, isTransient: true, isFatal: false } : judged;
}

interface CodedFacts extends EndFacts {
  readonly exitCode: number;
}

function judge(facts: CodedFacts, lines: readonly string[], signs: LogSigns): JudgedEnd {
  const { exitCode, oomKills } = facts;
  const build = loggedBuild(facts.log);
  const space = spaceEnd(facts, signs, build);
  if (space !== undefined) return space;
  if (oomKills > 0) {
    return end('killed', 'the kernel ended one of its processes for want of memory', { isTransient: true });
  }
  const missing = missingBuilder(exitCode, lines, signs);
  if (missing !== undefined) return missing;
  if (signs.silence !== undefined) return end('timed-out', onOneLine(signs.silence));
  const signal = KILLED.get(exitCode);
  if (signal !== undefined || build?.outcome === 'killed') {
    return end('killed', `it was ended from outside${signal === undefined ? '' : ` by ${signal}`}`, {
      isTransient: true,
    });
  }
  const isBefore = build?.failStage !== undefined && BEFORE_BUILD.test(build.failStage);
  const isGivenBack = isBefore || build?.outcome === 'given-back';
  const isUnmet = signs.unmet !== undefined && build?.failStage !== 'build';
  if (isGivenBack || isUnmet) return givenBack(lines, signs);
  if (signs.download !== undefined && build === undefined) return givenBack(lines, signs);
  return end('failed', failureReason(lines) ?? `the builder command ended with ${String(exitCode)}`);
}

function givenBack(lines: readonly string[], { unmet, download }: LogSigns): JudgedEnd {
  // apt calls missing what it could not fetch an index for, so a failed download says more
  if (download !== undefined) return end('given-back', onOneLine(download), { isTransient: true });
  if (unmet !== undefined) return end('given-back', `unmet dependency: ${onOneLine(unmet)}`);
  return end('given-back', failureReason(lines) ?? 'the build could not begin');
}

/** The end of a build that met a full disk; undefined: none did. */
function spaceEnd(
  facts: CodedFacts,
  { isFull }: LogSigns,
  build: LoggedBuild | undefined,
): JudgedEnd | undefined {
  const { mode, ramDiskBytes, measured } = facts;
  const capacity = ramDiskBytes === 0 ? (measured?.capacityBytes ?? 0) : ramDiskBytes;
  const isRam = mode === 'ram';
  const peak = isRam && measured?.place?.kind === 'ram' ? measured.peakBytes : undefined;
  const wasFull = peak !== undefined && capacity > 0 && peak >= capacity * FULL_SHARE;
  const isNoted = build === undefined ? isFull : build.outcome === 'no-space';
  // looks at the RAM disk may have missed that it was full, so only another full disk speaks for it; what a build says of a full
  // disk comes to lie there, or nowhere
  const isOther = !wasFull && isFullDisk(facts);
  if (!wasFull && !isNoted && !isOther) return undefined;
  const when = IN_WORDS.find(([stage]) => stage.test(build?.failStage ?? ''))?.[1];
  const words = when === undefined ? '' : ` ${when}`;
  if (isRam && !isOther) {
    const size = capacity === 0 ? '' : ` of ${formatBytes(capacity)}`;
    return end('no-space', `the RAM disk${size} was full${words}`);
  }
  const disk = isRam ? FULL_WORK_DISK : `the disk was full${words}`;
  return end('disk-full', disk);
}

function isFullDisk({ diskFreeBytes }: EndFacts): boolean {
  return diskFreeBytes !== undefined && diskFreeBytes < FULL_DISK_BYTES;
}

/** The end of what no build can begin with; undefined: it began. */
function missingBuilder(
  exitCode: number,
  lines: readonly string[],
  { noChroot }: LogSigns,
): JudgedEnd | undefined {
  if (noChroot !== undefined) return end('failed', onOneLine(noChroot), { isFatal: true });
  const isUnknown = exitCode === 127 || exitCode === 126;
  const said = lines.filter((line) => line.trim() !== '');
  // what is too long for this build is not for others
  if (said.some((line) => line.includes('Argument list too long'))) return undefined;
  if (!isUnknown || said.length > MOST_LINES_WITHOUT_BUILDER) return undefined;
  const words = onOneLine(said.at(-1) ?? `exit code ${String(exitCode)}`).replace(/^debplan: \d+: /, '');
  return end('failed', `the builder command can't be run: ${words}`, { isFatal: true });
}

function end(
  outcome: RunOutcome,
  reason: string,
  { isTransient = false, isFatal = false }: Partial<Pick<JudgedEnd, 'isTransient' | 'isFatal'>> = {},
): JudgedEnd {
  return { outcome, isTransient, reason, isFatal };
}

function loggedBuild(log: string): LoggedBuild | undefined {
  return parseBuildLogs(log)
    .flatMap((reading) => (reading.kind === 'build' ? [reading.build] : []))
    .at(-1);
}
