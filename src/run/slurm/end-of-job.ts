import { mkdir, readdir } from 'node:fs/promises';
import type { Attempt, AttemptEnd } from '../attempt.ts';
import { readExit, takeClaim, type ShimExit } from '../shim.ts';
import { wasUnmet } from './job-folder.ts';
import type { LiveJob } from './job-board.ts';
import type { SeenJob } from './seen-job.ts';

/** What is known of a job that is over. */
export interface OverJob {
  readonly live: LiveJob;
  /** Undefined: nobody knows of it any more. */
  readonly seen: SeenJob | undefined;
  /** Whether this process has asked Slurm to cancel it. */
  readonly isCancelled: boolean;
  readonly nowMs: number;
}

/** An exit status and a log in words. */
export type Classify = (attempt: Attempt, exit: ShimExit, node: string | undefined) => Promise<AttemptEnd>;

/**
 * How an attempt ended whose job is over. The exit file is the truth about the build; where there is none, or the build was ended from
 * outside, Slurm's word is. Nothing of the attempt can begin after that.
 * @returns undefined: look again, its exit may be on the way from its node
 */
export async function endOfJob(over: OverJob, classify: Classify): Promise<AttemptEnd | undefined> {
  const { live, seen } = over;
  const { attempt } = live;
  await refresh(attempt);
  if (await wasUnmet(attempt)) return ended(over, LOST, 'what it needs was not there when it began');
  const exit = await readExit(attempt.folder);
  if (exit !== undefined && (exit.status === 0 || seen === undefined || !isEndedBySlurm(seen)))
    return classify(attempt, exit, nodeOf(seen));
  const hasBegun = !(await takeClaim(attempt.folder));
  if (!hasBegun) return endOfUnbegun(over);
  switch (seen?.state) {
    case 'gone':
      return ended(over, LOST, `Slurm lost it with ${whereOf(seen)}: ${seen.word}`);
    case 'timed-out':
      return ended(over, { outcome: 'timed-out', isTransient: false }, 'it took longer than Slurm allows');
    case 'out-of-memory':
      return ended(over, KILLED, `it took more memory than it was given on ${whereOf(seen)}`);
    case 'cancelled':
      return over.isCancelled
        ? ended(over, INTERRUPTED, 'cancelled')
        : ended(over, KILLED, `somebody cancelled it in Slurm, as job ${seen.job}`);
    case 'waiting':
    case 'running':
    case 'ended':
    case undefined:
      if (live.looks < LOOKS) return undefined;
      return ended(over, LOST, `it ended on ${whereOf(seen)} without an exit code`);
  }
}

/** How often a job that is over is looked at before its exit is taken for lost: files of other nodes may take a while to be seen. */
const LOOKS = 3;

const INTERRUPTED = { outcome: 'interrupted', isTransient: true } as const;
const LOST = { outcome: 'lost', isTransient: true } as const;
const KILLED = { outcome: 'killed', isTransient: false } as const;

function endOfUnbegun(over: OverJob): AttemptEnd {
  const { live, seen, isCancelled } = over;
  if (isCancelled) return ended(over, INTERRUPTED, 'cancelled');
  if (seen?.state === 'cancelled') {
    return live.hasDependency
      ? ended(over, INTERRUPTED, 'what it needs did not end well')
      : ended(over, KILLED, `somebody cancelled it in Slurm, as job ${seen.job}`);
  }
  if (NEVER_TO_RUN.has(seen?.reason ?? ''))
    return ended(
      over,
      { outcome: 'failed', isTransient: false },
      `Slurm can't run it: ${seen?.reason ?? ''}`,
    );
  if (live.job === undefined) return ended(over, INTERRUPTED, 'Slurm has not taken it');
  const where = `${whereOf(seen)}: ${seen?.word ?? 'Slurm has forgotten it'}`;
  return ended(over, LOST, `it could not begin on ${where}; is the work folder seen there?`);
}

/** Reasons for which a job fails without a start. */
const NEVER_TO_RUN: ReadonlySet<string> = new Set(['BadConstraints', 'InvalidAccount', 'InvalidQOS']);

/** Listing a folder makes a network file system ask what is in it. */
async function refresh({ folder }: Attempt): Promise<void> {
  // it may have been written down that the attempt starts, and no more
  await mkdir(folder, { recursive: true });
  await readdir(folder);
}

function isEndedBySlurm({ state }: SeenJob): boolean {
  return ['gone', 'timed-out', 'out-of-memory', 'cancelled'].includes(state);
}

function whereOf(seen: SeenJob | undefined): string {
  return nodeOf(seen) ?? 'its node';
}

function nodeOf(seen: SeenJob | undefined): string | undefined {
  return seen === undefined || seen.node === '' ? undefined : seen.node;
}

function ended(
  { seen, nowMs }: OverJob,
  kind: Pick<AttemptEnd, 'outcome' | 'isTransient'>,
  reason: string,
): AttemptEnd {
  return {
    ...kind,
    reason,
    ...{ startedMs: nowMs, endedMs: nowMs },
    ...{ exitCode: undefined, measured: undefined, node: nodeOf(seen) },
  };
}
