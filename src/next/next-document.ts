export const NEXT_SCHEMA = 'debplan/next@1';

/** What may start now, and what is held back for what. Durations are integer ms, sizes integer bytes. */
export interface NextAnswer {
  readonly schema: typeof NEXT_SCHEMA;
  /** What may start at once, all of it: by architecture, then priority. */
  readonly start: readonly NextStart[];
  /** What only room keeps from starting; in the same order. */
  readonly held: readonly NextHeld[];
  /** How many wait for others that are not built yet. */
  readonly waiting: number;
  /** How many run, those of `start` left out. */
  readonly running: number;
  readonly finished: number;
  readonly failed: number;
  /** What is not built because of what failed; by id. */
  readonly blocked: readonly NextBlocked[];
  /** Whether nothing runs and nothing will ever start. */
  readonly done: boolean;
  /** Until the last end, if `start` starts now and all goes as expected. */
  readonly remainingMs: number;
  /** Contradictions in what was told. */
  readonly warnings: readonly string[];
}

/** A build to start, with all that it is given. */
export interface NextStart {
  readonly id: string;
  readonly source: string;
  readonly version: string;
  /** Of the binaries that it builds. */
  readonly arch: string;
  readonly builder: string;
  readonly slot: number;
  readonly mode: 'ram' | 'disk';
  /** Index of the builder's fixed chroot; absent: it has none. */
  readonly chroot?: number;
  readonly makeJobs: number;
  /** Size of its RAM disk; 0 on disk. */
  readonly ramDiskBytes: number;
  readonly expectedMs: number;
}

/** A build that could start if there were room, and what room it waits for. */
export interface NextHeld {
  readonly id: string;
  /** What there is too little of. `reserved`: there is enough, but it is kept for `forId`. */
  readonly why: 'slot' | 'chroot' | 'ram-disk' | 'memory' | 'disk-slot' | 'cores' | 'reserved';
  /** Where it waits. */
  readonly builder: string;
  /** How it will be built, if it waits there to the end. */
  readonly mode: 'ram' | 'disk';
  /** The build that the room is kept for. */
  readonly forId?: string;
  /** Of RAM disk, memory or the largest free chroot. */
  readonly freeBytes?: number;
  readonly neededBytes?: number;
  /** How long from now until it is expected to start. */
  readonly expectedStartMs: number;
}

export interface NextBlocked {
  readonly id: string;
  /** The failed builds that it needs, directly or not; sorted. */
  readonly because: readonly string[];
}

/** The answer of `--follow` to a line that it can't use; nothing has changed. */
export interface NextError {
  readonly schema: typeof NEXT_SCHEMA;
  readonly error: string;
  readonly hint?: string;
}
