import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { UserError } from '../../base/diagnostic.ts';
import { systemCode } from '../../io/system-error.ts';
import { NODES_FORMAT, parseConfig, parseNodes, type Cluster } from './cluster.ts';
import { noCluster, noSlurm } from './diagnostics.ts';
import {
  ACCOUNTS_FORMAT,
  isOver,
  parseAccounts,
  parseCompletions,
  parseQueue,
  QUEUE_FORMAT,
  type SeenJob,
} from './seen-job.ts';
import { readSubmitAnswer, slurmWords, type Said, type SubmitAnswer } from './submit-answer.ts';

/** What a run asks of Slurm. */
export interface Slurm {
  /** @throws UserError when there is no cluster */
  cluster(): Promise<Cluster>;
  /** @param args the words of sbatch */
  submit(args: readonly string[]): Promise<SubmitAnswer>;
  /** This user's jobs that wait, run, or ended a short time ago. A text: why nothing can be told, in Slurm's words. */
  jobs(): Promise<readonly SeenJob[] | string>;
  /** What accounting and the file of ended jobs know of these jobs; those of which they know nothing are left out. */
  ended(cluster: Cluster, jobs: readonly string[]): Promise<ReadonlyMap<string, SeenJob>>;
  /** Of jobs that have ended nothing is said. */
  cancel(jobs: readonly string[]): Promise<void>;
}

/** Slurm's own programs, started without a shell. */
export class SlurmClient implements Slurm {
  readonly #env: Readonly<Record<string, string>>;

  /** @param env of this process: what Slurm's programs look at is handed on */
  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = handedOn(env);
  }

  async cluster(): Promise<Cluster> {
    const config = await this.#run('scontrol', ['show', 'config']);
    if (config.status !== 0) throw new UserError([noCluster(slurmWords(config.stderr))]);
    const nodes = await this.#run('sinfo', ['--noheader', `--format=${NODES_FORMAT}`]);
    if (nodes.status !== 0) throw new UserError([noCluster(slurmWords(nodes.stderr))]);
    return { ...parseConfig(config.stdout), nodes: parseNodes(nodes.stdout) };
  }

  async submit(args: readonly string[]): Promise<SubmitAnswer> {
    return readSubmitAnswer(await this.#run('sbatch', args));
  }

  async jobs(): Promise<readonly SeenJob[] | string> {
    const said = await this.#run('squeue', [
      '--me',
      '--noheader',
      '--states=all',
      `--format=${QUEUE_FORMAT}`,
    ]);
    if (said.status === 0) return parseQueue(said.stdout);
    const words = slurmWords(said.stderr);
    return words === '' ? 'squeue does not answer' : words;
  }

  async ended(
    { hasAccounting, completionFile }: Cluster,
    jobs: readonly string[],
  ): Promise<ReadonlyMap<string, SeenJob>> {
    const asked = new Set(jobs);
    const found = new Map<string, SeenJob>();
    if (completionFile !== undefined) {
      for (const seen of parseCompletions(await textIfReadable(completionFile))) {
        if (asked.has(seen.job)) found.set(seen.job, seen);
      }
    }
    for (let from = 0; hasAccounting && from < jobs.length; from += JOBS_AT_ONCE) {
      const some = jobs.slice(from, from + JOBS_AT_ONCE).join(',');
      const options = ['--noheader', '--parsable2', '--allocations', `--format=${ACCOUNTS_FORMAT}`];
      const said = await this.#run('sacct', [...options, `--jobs=${some}`]);
      for (const seen of parseAccounts(said.stdout)) if (isOver(seen)) found.set(seen.job, seen);
    }
    return found;
  }

  async cancel(jobs: readonly string[]): Promise<void> {
    for (let from = 0; from < jobs.length; from += JOBS_AT_ONCE)
      await this.#run('scancel', ['--quiet', ...jobs.slice(from, from + JOBS_AT_ONCE)]);
  }

  /** @throws UserError when there is no such program */
  #run(program: string, args: readonly string[]): Promise<Said> {
    const options = { env: this.#env, encoding: 'utf8', maxBuffer: MAX_BYTES, timeout: TIMEOUT_MS } as const;
    return new Promise((resolve, reject) => {
      const child = execFile(program, args, options, (error, stdout, stderr) => {
        if (error !== null && systemCode(error) === 'ENOENT') reject(new UserError([noSlurm(program)]));
        else resolve({ status: child.exitCode ?? undefined, stdout, stderr });
      });
      child.stdin?.end();
    });
  }
}

const MAX_BYTES = 2 ** 28;
const TIMEOUT_MS = 60_000;
/** Numbers of jobs on one command line. */
const JOBS_AT_ONCE = 500;

/**
 * What a job of Slurm finds in its environment of the job that this process may itself be would be taken for wishes by sbatch, so
 * only what a person sets is handed on.
 */
function handedOn(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const kept = Object.entries(env).flatMap(([name, value]): readonly [string, string][] =>
    value !== undefined && (KEPT.has(name) || name.startsWith('SBATCH_')) ? [[name, value]] : [],
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8' };
}

const KEPT: ReadonlySet<string> = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SLURM_CONF',
  'SLURM_CLUSTERS',
]);

/** The file lies on the controller's machine, which may be another one, and not everybody may read it. */
async function textIfReadable(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
