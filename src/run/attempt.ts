import type { RunOutcome } from '../journal/run-event.ts';
import type { Measured } from '../measure/measured.ts';
import type { PlanTarget, PlanTask } from '../plan/plan.ts';

/** One attempt at one build, placed. */
export interface Attempt {
  readonly task: PlanTask;
  readonly target: PlanTarget['target'];
  /** The task's name as a file, from `taskSlugs`. */
  readonly slug: string;
  /** 1 for the first. */
  readonly number: number;
  /** Name of the plan's builder. */
  readonly builder: string;
  readonly slot: number;
  readonly mode: 'ram' | 'disk';
  /** Index into the builder's fixed chroots; -1: none. */
  readonly chroot: number;
  readonly makeJobs: number;
  /** Size of its RAM disk; 0 on disk. */
  readonly ramDiskBytes: number;
  /**
   * Folder of this attempt alone, on disk: `log`, `claim`, `exit`, and `out`, where its packages come to lie. Absolute. Made
   * by whoever runs the attempt.
   */
  readonly folder: string;
  /** Folder with the packages of all that it needs, directly or not, and their `Packages` index; undefined: it needs none. */
  readonly extraPackages: string | undefined;
}

/** How an attempt ended, before anybody decides what that means for the task. */
export interface AttemptEnd {
  readonly outcome: RunOutcome;
  /** Whether the same might succeed at another time: a mirror that does not answer, a node that went away. */
  readonly isTransient: boolean;
  /** One line for people; undefined when it was built. */
  readonly reason: string | undefined;
  /** Present: every other build would end like this one, since there is no builder or no chroot. */
  readonly isFatal?: true;
  /** ms since 1970. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly exitCode: number | undefined;
  /** What it took, as far as this process saw it; undefined: it didn't. */
  readonly measured: Measured | undefined;
  /** Where it was built, as far as this process knows: not on a RAM disk where none could be had. */
  readonly builtIn?: 'ram' | 'disk';
  /** The node of a cluster that it ran on. */
  readonly node: string | undefined;
}

/** How an attempt is to be stopped: `now` with all its children. */
export interface StopRequest {
  readonly outcome: 'interrupted' | 'timed-out';
  readonly reason: string;
}
