/**
 * One line of a journal: what a run did, in the order in which it did it. Times are ms since 1970, sizes integer bytes, tasks
 * ids of the plan. A line is on the disk before what it tells begins (`start`) or counts (`end`).
 */
export type RunEvent = BeginEvent | StartEvent | SubmitEvent | EndEvent | StopEvent;

export const JOURNAL_SCHEMA = 'debplan/journal@1';

/** A run begins, or goes on after it was stopped: the first line of a journal is one. */
export interface BeginEvent {
  readonly event: 'begin';
  readonly schema: typeof JOURNAL_SCHEMA;
  readonly atMs: number;
  /** Base name of the plan file. */
  readonly plan: string;
  /** Of its bytes: another plan can't go on with this journal. */
  readonly sha256: string;
  readonly on: RunPlace;
  /** Names of the builders whose builds are run. */
  readonly builders: readonly string[];
}

export type RunPlace = 'here' | 'slurm';

/** An attempt at a build is about to begin. On Slurm `builder` and `slot` are the plan's, and say nothing of the node. */
export interface StartEvent {
  readonly event: 'start';
  readonly atMs: number;
  readonly task: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly builder: string;
  readonly slot: number;
  readonly mode: 'ram' | 'disk';
  /** Index into the builder's fixed chroots; absent: none. */
  readonly chroot?: number;
  readonly makeJobs: number;
  /** Size of its RAM disk; 0 on disk. */
  readonly ramDiskBytes: number;
}

/** Slurm has taken the attempt of the `start` before. */
export interface SubmitEvent {
  readonly event: 'submit';
  readonly atMs: number;
  readonly task: string;
  readonly attempt: number;
  /** Slurm's number of the job. */
  readonly job: string;
}

/** An attempt has ended. */
export interface EndEvent {
  readonly event: 'end';
  readonly atMs: number;
  readonly task: string;
  readonly attempt: number;
  readonly outcome: RunOutcome;
  /** What becomes of the task now: decided once, so that a later run with other options does not decide anew. */
  readonly then: AfterEnd;
  /** One line for people: why it was not built. */
  readonly reason?: string;
  /** When the builder command began and ended, as far as it is known; where nobody saw it, when it was found out. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly exitCode?: number;
  /** The most that its RAM disk, or its folder, held at once. */
  readonly peakBytes?: number;
  readonly memoryBytes?: number;
  readonly cpuMs?: number;
  /** Where it ran, if not on the builder of its `start`: a node of the cluster. */
  readonly node?: string;
}

/** A run stops. */
export interface StopEvent {
  readonly event: 'stop';
  readonly atMs: number;
  /** `done`: nothing is left that could be built; `interrupted`: a person asked for it; `error`: it could not go on. */
  readonly reason: 'done' | 'interrupted' | 'error';
}

/**
 * How an attempt ended. `built`; `failed`: the package doesn't build; `no-space`: the RAM disk was full; `disk-full`: another disk
 * was; `given-back`: the build could not begin (sbuild's word); `timed-out`; `killed`: something outside ended it, such as the
 * kernel for want of memory; `lost`: the builder command, its node or the machine went away without an exit code;
 * `interrupted`: stopped by a person, counts as never tried.
 */
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

export const RUN_OUTCOMES = [
  'built',
  'failed',
  'no-space',
  'disk-full',
  'given-back',
  'timed-out',
  'killed',
  'lost',
  'interrupted',
] as const;

/** `done`: built; `again`, `again-on-disk`: a further attempt is made; `given-up`: what needs it is not built either. */
export type AfterEnd = (typeof AFTER_END)[number];

export const AFTER_END = ['done', 'again', 'again-on-disk', 'given-up'] as const;
