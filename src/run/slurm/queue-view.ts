import type { Attempt } from '../attempt.ts';
import type { LiveJob } from './job-board.ts';
import { isOver, type SeenJob } from './seen-job.ts';

/** What a job's comment says: whose it is, and which attempt at which build. */
export function commentOf(runId: string, { slug, number }: Pick<Attempt, 'slug' | 'number'>): string {
  return `${prefixOf(runId)}${slug}.${String(number)}`;
}

function prefixOf(runId: string): string {
  return `debplan:${runId}:`;
}

/** The queue as one look at it showed it. */
export class QueueView {
  readonly #runId: string;
  readonly #own: readonly SeenJob[];
  readonly #byJob: ReadonlyMap<string, SeenJob>;
  readonly #byComment: ReadonlyMap<string, SeenJob>;

  constructor(jobs: readonly SeenJob[], runId: string) {
    this.#runId = runId;
    this.#own = jobs.filter(({ comment }) => comment.startsWith(prefixOf(runId)));
    this.#byJob = new Map(jobs.map((seen) => [seen.job, seen]));
    this.#byComment = new Map(this.#own.map((seen) => [seen.comment, seen]));
  }

  /** The job of an attempt; undefined: the queue doesn't show it, or not any more. */
  of({ job, attempt }: LiveJob): SeenJob | undefined {
    return job === undefined ? this.#byComment.get(commentOf(this.#runId, attempt)) : this.#byJob.get(job);
  }

  /** Numbers of the run's jobs that wait or run. */
  active(): readonly string[] {
    return this.#own.filter((seen) => !isOver(seen)).map(({ job }) => job);
  }

  /**
   * Numbers of those that can't come to anything: their attempts have ended for this run, or what they wait for did not end well
   * and Slurm keeps them all the same.
   */
  strays(live: readonly LiveJob[]): readonly string[] {
    const wanted = new Set(live.map(({ attempt }) => commentOf(this.#runId, attempt)));
    return this.#own
      .filter((seen) => !isOver(seen))
      .filter(({ comment, reason }) => !wanted.has(comment) || reason === 'DependencyNeverSatisfied')
      .map(({ job }) => job);
  }
}
