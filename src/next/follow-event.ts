/** A line that `debplan next --follow` reads. */
export type FollowEvent = TickEvent | UnitEvent;

/** Nothing has happened, but what may start now? */
export interface TickEvent {
  readonly event: 'tick';
  readonly atMs?: number;
}

/**
 * Something has happened to a build. `started`: it runs; `finished`: it is built; `failed`: it is given up, with all that needs it;
 * `retry`: it is to be built (again), with `mode` `disk` on disk alone.
 */
export interface UnitEvent {
  readonly event: 'started' | 'finished' | 'failed' | 'retry';
  /** As in a state: id, the end of it, source/arch or source. */
  readonly id: string;
  /** When: ms since 1970; absent: when the line is read. */
  readonly atMs?: number;
  readonly builder?: string;
  readonly slot?: number;
  readonly mode?: 'ram' | 'disk';
  readonly chroot?: number;
  readonly makeJobs?: number;
}
