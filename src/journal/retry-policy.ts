import type { AfterEnd, RunOutcome } from './run-event.ts';
import type { TaskRun } from './run-state.ts';

/** How an attempt ended, as far as the policy looks at it. */
export interface EndToJudge {
  readonly outcome: RunOutcome;
  /** Whether the same might succeed at another time. */
  readonly isTransient: boolean;
  /** Whether a runner before this one began it. */
  readonly isAdopted: boolean;
  /** Where it ran. */
  readonly mode: 'ram' | 'disk';
}

export interface RetryOptions {
  /** How many tries may follow the first; ≥ 0. */
  readonly retries: number;
  /** Whether some builder admits the task on disk. */
  readonly admitsDisk: boolean;
}

/**
 * What becomes of a task whose attempt has ended. What might succeed at another time is tried again, up to `retries` times; what
 * fails by itself is given up at once. What outgrew its RAM disk is built on disk once. What a person stopped, or went down with
 * the runner that began it, was never tried.
 * @param run the task before this end
 */
export function afterEnd(end: EndToJudge, run: TaskRun, { retries, admitsDisk }: RetryOptions): AfterEnd {
  const { outcome, isTransient, isAdopted, mode } = end;
  switch (outcome) {
    case 'built':
      return 'done';
    case 'interrupted':
      return 'again';
    case 'no-space':
      return mode === 'ram' && admitsDisk && !run.isForDisk ? 'again-on-disk' : 'given-up';
    case 'lost':
      if (isAdopted) return 'again';
      return isTransient && run.tries < retries ? 'again' : 'given-up';
    case 'failed':
    case 'given-back':
    case 'timed-out':
    case 'killed':
    case 'disk-full':
      return isTransient && run.tries < retries ? 'again' : 'given-up';
  }
}
