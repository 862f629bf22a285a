/** One way to do a job: a duration in ticks and what it takes of each resource, renewable ones first. */
export interface PsplibMode {
  readonly duration: number;
  readonly demands: readonly number[];
}

/** A job of an instance; its first and last jobs are mostly dummies that take nothing. */
export interface PsplibJob {
  /** Indexes of jobs that wait for it, from 0. */
  readonly successors: readonly number[];
  /** At least one. */
  readonly modes: readonly PsplibMode[];
}

/** What a file of PSPLIB or Patterson's format holds. The successors make no cycle; some mode of each job fits. */
export interface PsplibInstance {
  readonly jobs: readonly PsplibJob[];
  /** Capacity of each renewable resource. */
  readonly renewable: readonly number[];
  /** Budget of each non-renewable resource. */
  readonly nonrenewable: readonly number[];
}
