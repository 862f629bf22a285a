/** How far a search is. */
export interface SearchProgress {
  readonly schedulesUsed: number;
  readonly makespanMs: number;
}

/** Who looks on. */
export interface SearchWatch {
  /** Called after every few schedules. */
  readonly onProgress?: (progress: SearchProgress) => void;
  /** True ends the search with the best so far: its result can't be had again. */
  readonly shouldStop?: () => boolean;
}
