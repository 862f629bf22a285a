/**
 * What came of a submission. `taken`: the job has this number. `later`: the controller has no room, or is away. `unknown`: it
 * may have taken the job or not. `never`: no node can ever run it. `wrong`: nothing could be submitted like this.
 */
export type SubmitAnswer =
  | { readonly kind: 'taken'; readonly job: string }
  | { readonly kind: 'later' | 'unknown' | 'never' | 'wrong'; readonly words: string };

/** How a program ended, and what it said. */
export interface Said {
  /** Undefined: it was killed, since it took too long. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** What sbatch's answer means. With `--parsable` it prints `NUMBER`, or `NUMBER;CLUSTER`. */
export function readSubmitAnswer({ status, stdout, stderr }: Said): SubmitAnswer {
  const job = /^(\d+)(?:;.*)?$/m.exec(stdout)?.[1];
  if (status === 0 && job !== undefined) return { kind: 'taken', job };
  const words = slurmWords(stderr);
  if (status === undefined || status === 0 || UNKNOWN.test(stderr))
    return { kind: 'unknown', words: words === '' ? 'sbatch does not answer' : words };
  if (NEVER.test(stderr)) return { kind: 'never', words };
  return { kind: LATER.test(stderr) ? 'later' : 'wrong', words };
}

/** The last line of what Slurm's programs say on standard error, without their names. */
export function slurmWords(stderr: string): string {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return last.replace(/^\w+: (?:fatal: |error: )?/, '').replace(/^Batch job submission failed: /, '');
}

/** The job asks for more than any node has. */
const NEVER =
  /node configuration is not available|Memory specification can not be satisfied|More processors requested than permitted|CPU count specification invalid|Unable to satisfy cpu bind request/i;

/** The controller may have got the job, and its answer was lost. */
const UNKNOWN = /timed? ?out|connection reset|communication failure|unexpected message|zero bytes/i;

/** It has not. */
const LATER =
  /temporarily|unable to contact|connect failure|connection refused|in standby|backup|violates accounting|submit limit|MaxJobCount|QOSMax|AssocMax|credential|munge|try again/i;
