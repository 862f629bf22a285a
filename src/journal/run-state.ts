import type { EndEvent, StartEvent } from './run-event.ts';

/** What a journal tells of one task. */
export interface TaskRun {
  /** `waiting`: not begun, or to be tried again; `running`: begun, and no end is written down. */
  readonly state: 'waiting' | 'running' | 'built' | 'failed';
  /** The number of the last attempt; 0: none. Interrupted ones count here, but not as tries. */
  readonly attempts: number;
  /** Attempts that ended badly and were the build's own fault, or might have been. */
  readonly tries: number;
  /** Whether it outgrew its RAM disk, and is built on disk from then on. */
  readonly isForDisk: boolean;
  /** The last attempt. */
  readonly start?: StartEvent;
  /** Slurm's number of the last attempt's job. */
  readonly job?: string;
  /** How the last attempt ended; undefined while it runs. */
  readonly end?: EndEvent;
}
