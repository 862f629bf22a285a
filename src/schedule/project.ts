import type { Dag } from '../graph/dag.ts';

/**
 * A multi-mode resource-constrained project scheduling problem (MRCPSP) in small integers: what the files of PSPLIB hold.
 * Tasks are 0 .. taskCount - 1, without the dummy source and sink of the files. Build problems, in ms and bytes, are searched as
 * they are (`build-search/`).
 * @see Kolisch & Sprecher 1996, PSPLIB; Hartmann & Briskorn 2010
 */
export interface Project {
  readonly taskCount: number;
  /** `dag.needs` row `t` lists the tasks that must have ended when `t` starts. */
  readonly dag: Dag;
  /** Capacity of each renewable resource at any time. */
  readonly capacities: Int32Array;
  /** Budget of each non-renewable resource for the whole project. */
  readonly budgets: Int32Array;
  /** The modes of task `t` are `modeOffset[t] .. modeOffset[t + 1]`; at least one each. Length taskCount + 1. */
  readonly modeOffset: Int32Array;
  /** One cell a mode, in ticks; 0 is allowed. */
  readonly duration: Int32Array;
  /** Row `m` is what mode `m` takes of each renewable resource while it runs. */
  readonly demand: Int32Array;
  /** Row `m` is what mode `m` takes of each non-renewable resource. */
  readonly consumption: Int32Array;
  /** No task starts earlier; one cell a task, in ticks. */
  readonly release: Int32Array;
}

/** When each task starts and in which of its modes (an index into `Project.duration`). One cell a task each. */
export interface ProjectSchedule {
  readonly start: Int32Array;
  readonly mode: Int32Array;
  readonly makespan: number;
}
