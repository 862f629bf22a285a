import { formatInstant } from '../base/instant.ts';
import { BUILD_SCHEMA, type BuildOutcome, type BuildRecord, type RamHolds } from '../history/record.ts';
import type { Measured } from './measured.ts';

/** What was built, where and how, as far as it is known. */
export interface BuildFacts {
  readonly source: string;
  readonly version: string;
  readonly arch: string;
  readonly builder: string;
  readonly profiles: readonly string[];
  readonly makeJobs: number | undefined;
  readonly mode: 'ram' | 'disk' | undefined;
  readonly holds: RamHolds;
}

/** How the command ended. */
export interface CommandEnd {
  readonly tool: string;
  readonly exitCode: number;
  readonly signal: string | undefined;
  /** A signal that was passed on to it. */
  readonly passedOn: string | undefined;
  /** In ms since 1970. */
  readonly startedMs: number;
}

/** What lay on the place before the build began, and is none of it. Unpacked sources below the working directory are. */
export function foreignBytes(
  { mode, holds }: Pick<BuildFacts, 'mode' | 'holds'>,
  { place, beginBytes = 0 }: Measured,
  isWorkingThere: boolean,
): number {
  const isWhole = place?.kind === 'ram' && mode === 'ram';
  return isWhole && holds === 'build' && !isWorkingThere ? beginBytes : 0;
}

/** A RAM disk with less left than this share of it was full: who met the end may have removed its last file already. */
const FULL = 0.01;
/** Exit codes of shells whose command was told to end: 128 and SIGHUP, SIGINT, SIGKILL or SIGTERM. A crash is the package's own. */
const KILLED: ReadonlySet<number> = new Set([129, 130, 137, 143]);
/** @see sbuild(1): 2 for a package that doesn't build, 3 for one that is given back */
const SBUILD_GIVEN_BACK = 3;

/**
 * How a build ended, as its command tells: one that was told to end, or that a signal ended (itself or what its shell ran),
 * was killed; one that failed on a full RAM disk failed for want of space.
 */
export function outcomeOf(
  { tool, exitCode, signal, passedOn }: CommandEnd,
  measured: Measured,
): BuildOutcome {
  if (signal !== undefined || passedOn !== undefined) return 'killed';
  if (exitCode === 0) return 'built';
  const { peakBytes = 0, capacityBytes = 0 } = measured;
  if (capacityBytes > 0 && capacityBytes - peakBytes < capacityBytes * FULL) return 'no-space';
  if (KILLED.has(exitCode)) return 'killed';
  return tool === 'sbuild' && exitCode === SBUILD_GIVEN_BACK ? 'given-back' : 'failed';
}

/**
 * The record of a measured build.
 * @param log what the log that the command left tells of the same build: its outcome is finer than an exit code, and its size at the
 *   end was taken before lintian was installed and anything removed
 * @param foreign bytes that lay there before and are no part of the build
 */
export function makeBuildRecord(
  facts: BuildFacts,
  end: CommandEnd,
  measured: Measured,
  log?: BuildRecord,
  foreign = 0,
): BuildRecord {
  const { wallMs, cpuMs, memoryBytes } = measured;
  const [lastBytes, peakBytes] = [measured.endBytes, measured.peakBytes].map((bytes) =>
    bytes === undefined ? undefined : Math.max(0, bytes - foreign),
  );
  const outcome = outcomeOf(end, measured);
  const endBytes = (log?.holds === facts.holds ? log.endBytes : undefined) ?? lastBytes;
  const isSure = end.signal !== undefined || end.passedOn !== undefined || outcome === 'no-space';
  return {
    ...log,
    schema: BUILD_SCHEMA,
    source: log?.source ?? facts.source,
    version: log?.version ?? facts.version,
    arch: log?.arch ?? facts.arch,
    profiles: log?.profiles ?? (facts.profiles.length === 0 ? undefined : facts.profiles),
    builder: facts.builder,
    startedAt: formatInstant(end.startedMs),
    endedAt: log?.endedAt ?? formatInstant(end.startedMs + wallMs),
    wallMs: Math.max(1, wallMs),
    cpuMs,
    makeJobs: facts.makeJobs ?? log?.makeJobs,
    mode: facts.mode,
    holds: facts.mode === undefined ? undefined : facts.holds,
    endBytes: facts.mode === undefined ? undefined : endBytes,
    // a look may have missed the moment of the peak
    peakBytes: peakBytes === undefined ? undefined : Math.max(peakBytes, endBytes ?? 0),
    memoryBytes,
    outcome: isSure ? outcome : (log?.outcome ?? outcome),
    from: { tool: 'measure', file: log?.from.file },
  };
}
