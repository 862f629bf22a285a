import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { classifyEnd } from '../classify-end.ts';
import { readLogEnds } from '../read-log-ends.ts';
import type { Classify } from './end-of-job.ts';

/**
 * Judges ends by exit status and log; what a build took is known to its node alone. Nothing but Slurm's count keeps a build to
 * its part of a node's RAM disk, so one that is full may be another's fault: it is built on disk all the same.
 * @param transientPatterns logs that match one of them are of failures that may pass
 */
export function classifyJobs(transientPatterns: readonly RegExp[]): Classify {
  return async ({ folder, mode }, { status, endedMs }, node) => {
    const log = await readLogEnds(join(folder, 'log'));
    const facts = { exitCode: status, log, mode, ramDiskBytes: 0, measured: undefined, oomKills: 0 };
    const { outcome, isTransient, reason } = classifyEnd({ ...facts, stopped: undefined, transientPatterns });
    // the claim is the first thing that a job makes
    const { mtimeMs } = await stat(join(folder, 'claim'));
    const startedMs = Math.min(Math.floor(mtimeMs), endedMs);
    return { outcome, isTransient, reason, startedMs, endedMs, exitCode: status, measured: undefined, node };
  };
}
