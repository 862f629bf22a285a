/** A job as Slurm tells of it. */
export interface SeenJob {
  /** Its number. */
  readonly job: string;
  readonly state: JobState;
  /** The same in Slurm's own word. */
  readonly word: string;
  /** Why it waits, or ended, in Slurm's words; empty: Slurm doesn't say. */
  readonly reason: string;
  /** The node it ran on; empty: it never did. */
  readonly node: string;
  /** Empty: whoever told of the job doesn't know. */
  readonly comment: string;
  readonly name: string;
}

/**
 * `waiting` and `running` jobs may still come to something. `ended`: the script came to an end, well or not, or Slurm found that
 * it can't run; `gone`: the node failed, or the job had to make way for others.
 */
export type JobState = 'waiting' | 'running' | 'ended' | 'gone' | 'timed-out' | 'out-of-memory' | 'cancelled';

const STATES: ReadonlyMap<string, JobState> = new Map([
  ...[
    'PENDING',
    'CONFIGURING',
    'REQUEUED',
    'REQUEUE_FED',
    'REQUEUE_HOLD',
    'RESV_DEL_HOLD',
    'SPECIAL_EXIT',
  ].map((word): [string, JobState] => [word, 'waiting']),
  ...['RUNNING', 'COMPLETING', 'SIGNALING', 'STAGE_OUT', 'RESIZING', 'STOPPED', 'SUSPENDED'].map(
    (word): [string, JobState] => [word, 'running'],
  ),
  ['COMPLETED', 'ended'],
  ['FAILED', 'ended'],
  ['NODE_FAIL', 'gone'],
  ['BOOT_FAIL', 'gone'],
  ['PREEMPTED', 'gone'],
  ['REVOKED', 'gone'],
  ['TIMEOUT', 'timed-out'],
  ['DEADLINE', 'timed-out'],
  ['OUT_OF_MEMORY', 'out-of-memory'],
  ['CANCELLED', 'cancelled'],
]);

/** A word that no Slurm that we know says is taken for a job that still lives: the next look tells more. */
function stateOf(word: string): JobState {
  // sacct: `CANCELLED by 0`
  return STATES.get(word.split(' ')[0] ?? '') ?? 'running';
}

/** What `squeue` has to be asked, for `parseQueue`: the comment last, it may hold anything. */
export const QUEUE_FORMAT = '%i|%T|%r|%N|%j|%k';

export function parseQueue(text: string): readonly SeenJob[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [job = '', state = '', reason = '', node = '', name = '', ...comment] = line.split('|');
      return {
        job,
        state: stateOf(state),
        word: state,
        reason: reason === 'None' ? '' : reason,
        node,
        name,
        comment: comment.join('|'),
      };
    });
}

/** What `sacct` has to be asked, for `parseAccounts`. */
export const ACCOUNTS_FORMAT = 'JobIDRaw,State,NodeList,JobName,Comment';

/** @param text of sacct with `--parsable2 --noheader --allocations` */
export function parseAccounts(text: string): readonly SeenJob[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [job = '', state = '', node = '', name = '', ...comment] = line.split('|');
      const isNowhere = node === 'None assigned';
      return {
        job,
        ...{ state: stateOf(state), word: state, reason: '' },
        ...{ node: isNowhere ? '' : node, name, comment: comment.join('|') },
      };
    });
}

/** @param text of slurmctld's file of ended jobs (`jobcomp/filetxt`) */
export function parseCompletions(text: string): readonly SeenJob[] {
  return text.split('\n').flatMap((line) => {
    const found = /^JobId=(\d+) .*? Name=(\S*) JobState=(\S+) .* NodeList=(\S+)/.exec(line);
    if (found === null) return [];
    const [, job = '', name = '', state = '', node = ''] = found;
    const isNowhere = node === '(null)';
    return [
      { job, name, state: stateOf(state), word: state, reason: '', node: isNowhere ? '' : node, comment: '' },
    ];
  });
}

export function isOver({ state }: SeenJob): boolean {
  return state !== 'waiting' && state !== 'running';
}
