import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measured } from '../../measure/measured.ts';
import type { Attempt, AttemptEnd } from '../attempt.ts';
import { classifyEnd, type JudgedEnd } from '../classify-end.ts';
import { readLogEnds } from '../read-log-ends.ts';
import { readExit } from '../shim.ts';
import { NOT_MINE } from '../shim-script.ts';
import type { AttemptRecord } from './attempt-record-schema.ts';
import { boundLog } from './bound-log.ts';
import type { JobEnd } from './here-job.ts';
import type { HereOptions } from './here-options.ts';

export interface EndedJob {
  readonly record: AttemptRecord;
  /** Whether it was built in memory. */
  readonly isInRam: boolean;
  readonly end: JobEnd;
  /** Room on the disk of the attempt's folder when the build had ended, and nothing of it was removed. */
  readonly diskFreeBytes: number;
  /** What it did to the folder for its packages, so that there are none; undefined: nothing. */
  readonly outProblem: string | undefined;
}

/** Room on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize, files, ffree } = await statfs(folder);
  // files: 0 where the file system makes as many as there is room for
  return files > 0 && ffree < FULL_FILES ? 0 : bavail * bsize;
}

/** Where so few files can be made, there is no room for a build. */
const FULL_FILES = 16;

/** @param classified by what its log and exit code tell */
function withProblem(
  classified: JudgedEnd,
  { startProblem, stopped }: JobEnd,
  outProblem: string | undefined,
): JudgedEnd {
  if (startProblem !== undefined && stopped === undefined)
    return { outcome: 'failed', isFatal: false, ...startProblem };
  if (outProblem !== undefined && classified.outcome === 'built')
    return { outcome: 'failed', isFatal: false, isTransient: false, reason: outProblem };
  return classified;
}

/** How an attempt ended, by what its shim has written down, its log, and what was seen of it. */
export async function endOfJob(
  { folder, ramDiskBytes }: Attempt,
  { limits, transientPatterns }: HereOptions,
  { record, isInRam, end, diskFreeBytes, outProblem }: EndedJob,
): Promise<AttemptEnd> {
  const { place, startedMs } = record;
  const log = join(folder, 'log');
  await boundLog(log, limits.maxLogBytes);
  const exit = await readExit(folder);
  const endedMs = exit?.endedMs ?? end.endedMs;
  const isSized = place.kind === 'mount' || place.kind === 'namespace';
  // where the disk had no room for the end, this process saw it still
  const exitCode = exit?.status ?? (end.shimCode === NOT_MINE ? undefined : end.shimCode);
  const classified = classifyEnd({
    ...{ exitCode, oomKills: end.oomKills, measured: end.measured, stopped: end.stopped, transientPatterns },
    log: await readLogEnds(log),
    diskFreeBytes,
    mode: isInRam ? 'ram' : 'disk',
    ramDiskBytes: isSized ? ramDiskBytes : 0,
  });
  const judged = withProblem(classified, end, outProblem);
  const reason = end.neverBegan && judged.outcome === 'lost' ? 'it never began' : judged.reason;
  return {
    outcome: judged.outcome,
    isTransient: judged.isTransient,
    reason,
    ...(judged.isFatal ? { isFatal: true } : {}),
    startedMs: Math.min(startedMs, endedMs),
    endedMs,
    exitCode,
    measured:
      end.measured === undefined || end.isWhole ? end.measured : seenPart(end.measured, endedMs - startedMs),
    builtIn: isInRam ? 'ram' : 'disk',
    node: undefined,
  };
}

/**
 * What holds of a build of which only the end was seen: the kernel has counted all along, but nobody knows how full the place
 * was before.
 */
function seenPart(measured: Measured, wallMs: number): Measured {
  const { cpuMs, cpuBy, place, capacityBytes, chargedBytes, samples } = measured;
  return {
    ...(cpuBy === 'cgroup' && cpuMs !== undefined ? { cpuMs, cpuBy } : {}),
    ...(place === undefined ? {} : { place }),
    ...(capacityBytes === undefined ? {} : { capacityBytes }),
    ...(chargedBytes === undefined ? {} : { chargedBytes }),
    samples,
    wallMs: Math.max(1, wallMs),
    longestGapMs: Math.max(measured.longestGapMs, wallMs - measured.wallMs),
  };
}
