export const STATE_SCHEMA = 'debplan/state@1';

/**
 * What a build loop of one's own tells of a plan's builds; what it does not name has not begun. A build is named by its id, the
 * end of it (`libfoo_1.2-1/amd64`), `source/arch` or `source`, as long as only one build of the plan is called so.
 */
export interface StateDocument {
  readonly schema: typeof STATE_SCHEMA;
  /** Now, in the ms that `startedMs` counts in; absent: the clock's ms since 1970. */
  readonly atMs?: number;
  readonly finished?: readonly StateEntry[];
  /** Given up: what needs them is not built. */
  readonly failed?: readonly StateEntry[];
  readonly running?: readonly StateEntry[];
  /** Not begun (again) yet, and to be built on disk: they outgrew their RAM disk. */
  readonly forDisk?: readonly StateEntry[];
}

export type StateEntry = string | StateBuild;

/** A build; only of a running one more counts than its id. */
export interface StateBuild {
  readonly id: string;
  /** Name of the plan's builder that it runs on; absent: the plan's, if that is free, else the first free one. */
  readonly builder?: string;
  readonly slot?: number;
  /** Absent: the plan's. */
  readonly mode?: 'ram' | 'disk';
  /** Index of the builder's fixed chroot. */
  readonly chroot?: number;
  readonly makeJobs?: number;
  /** When it began; `runningMs`: how long ago, which wins. Absent: just now. */
  readonly startedMs?: number;
  readonly runningMs?: number;
}
