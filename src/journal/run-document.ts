import type { RunEvent, RunOutcome, RunPlace, StopEvent } from './run-event.ts';

export const RUN_SCHEMA = 'debplan/run@1';

/**
 * How a run of a plan ended: what `debplan run --json` prints, and what its summary is made of. Every task of the plan stands in
 * exactly one of `built`, `failed`, `blocked`, `skipped`, `left`. All lists are sorted by task, but `failed`: those that block
 * most come first.
 */
export interface RunDocument {
  readonly schema: typeof RUN_SCHEMA;
  readonly plan: { readonly name: string; readonly sha256: string; readonly builds: number };
  readonly on: RunPlace;
  /** Names of the plan's builders that were run. */
  readonly builders: readonly string[];
  /** Why it stopped. */
  readonly reason: StopEvent['reason'];
  /** ms since 1970 of the first runner's begin, and of this one's end. */
  readonly beganMs: number;
  readonly endedMs: number;
  /** From the first begin to the last thing that happened to a build; time in which no runner was there and nothing was built is left out. */
  readonly workedMs: number;
  /** What the whole plan should have taken. */
  readonly plannedMs: number;
  readonly built: readonly RunBuilt[];
  readonly failed: readonly RunFailed[];
  /** Never tried, since something that they need failed or was skipped. */
  readonly blocked: readonly RunBlocked[];
  /** Not meant to be run here. */
  readonly skipped: readonly RunSkipped[];
  /** What a resumed run would go on with: ready, waiting, or still running. */
  readonly left: readonly string[];
}

export interface RunBuilt {
  readonly task: string;
  readonly attempts: number;
  readonly builder: string;
  readonly mode: 'ram' | 'disk';
  readonly startedMs: number;
  readonly endedMs: number;
  readonly peakBytes?: number;
  /** Folder with its packages, below the work folder. */
  readonly results: string;
}

export interface RunFailed {
  readonly task: string;
  readonly attempts: number;
  readonly outcome: RunOutcome;
  /** One line for people. */
  readonly reason: string;
  /** Path of the last attempt's log, below the work folder. */
  readonly log: string;
  /** How many builds were not tried because of it; one that needs two failed ones counts for both. */
  readonly blocks: number;
}

export interface RunBlocked {
  readonly task: string;
  /** The failed or skipped ones that it needs, directly or not; sorted. */
  readonly by: readonly string[];
}

export interface RunSkipped {
  readonly task: string;
  readonly reason: string;
}

/** Told of everything that a run writes into its journal, as soon as it is there; and when time has passed. */
export interface RunObserver {
  readonly onEvent: (event: RunEvent) => void;
  /** About once a second while something runs. */
  readonly onTick?: () => void;
}
