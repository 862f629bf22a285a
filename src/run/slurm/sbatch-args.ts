import { mebibytes } from '../../emit/mebibytes.ts';
import type { Attempt } from '../attempt.ts';
import type { Placing } from './cluster.ts';

/** A job to submit. */
export interface JobRequest {
  readonly attempt: Attempt;
  /** By which the job is found again. */
  readonly comment: string;
  /** Place in the plan's order: 0 goes first. */
  readonly rank: number;
  /** Numbers of jobs that must have ended well before this one starts. */
  readonly after: readonly string[];
  /** After which Slurm ends it; undefined: the partition's limit. */
  readonly timeoutMs: number | undefined;
  /** A file of NUL-separated `NAME=VALUE`: all of the job's environment but Slurm's own. */
  readonly environment: string;
  /** Where the batch script's own words go. */
  readonly output: string;
  readonly cwd: string;
  /** The batch script; sbatch hands its words to it as they are. */
  readonly script: string;
  readonly words: readonly string[];
}

/**
 * The words of sbatch for a build: no shell reads any of them. Its memory is what its processes and its RAM disk take, since pages
 * of a RAM disk are charged to who writes them.
 */
export function sbatchArgs(
  request: JobRequest,
  placing: Placing,
  extra: readonly string[],
): readonly string[] {
  const { attempt, comment, rank, after, timeoutMs, environment, output, cwd, script, words } = request;
  const { task, target, slug, number, makeJobs } = attempt;
  const arch = task.buildArch ?? target.arch;
  const [partition, constraint] = [placing.partitionOf(arch), placing.constraintOf(arch)];
  const ramDisk = mebibytes(attempt.ramDiskBytes);
  const memory = mebibytes(task.memoryBytes) + ramDisk + MORE_MEBIBYTES;
  return [
    '--parsable',
    `--job-name=${slug}.${number}`,
    `--comment=${comment}`,
    `--chdir=${cwd}`,
    `--output=${output.replaceAll('%', '%%')}`,
    `--export-file=${environment}`,
    '--no-requeue',
    '--kill-on-invalid-dep=yes',
    '--nodes=1',
    '--ntasks=1',
    `--cpus-per-task=${Math.min(makeJobs, placing.mostCpus)}`,
    `--mem=${memory}M`,
    `--nice=${rank}`,
    ...(after.length === 0 ? [] : [`--dependency=afterok:${after.join(':')}`]),
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(constraint === undefined ? [] : [`--constraint=${constraint}`]),
    ...countedBy(attempt, placing, ramDisk),
    ...(timeoutMs === undefined ? [] : [`--time=${Math.ceil(timeoutMs / 60_000)}`]),
    ...extra,
    script,
    ...words,
  ];
}

/** For the shell, shared libraries and what a compiler takes more than was thought. */
const MORE_MEBIBYTES = 512;

function countedBy(
  { mode }: Attempt,
  { ramDisk, diskLicense }: Placing,
  mebibytesOfRam: number,
): readonly string[] {
  if (mode === 'disk') return diskLicense === undefined ? [] : [`--licenses=${diskLicense}:1`];
  if (ramDisk.kind === 'none' || mebibytesOfRam === 0) return [];
  const count = `${ramDisk.name}:${mebibytesOfRam}`;
  return [ramDisk.kind === 'gres' ? `--gres=${count}` : `--licenses=${count}`];
}
