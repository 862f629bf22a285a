import type { RunOptions } from './options/run-options.ts';
import type { Plan } from './plan/plan.ts';
import type { PlanProblem } from './plan/problem-of-plan.ts';
import type { WorkRequest } from './run/open-work.ts';
import type { Selection } from './run/select-tasks.ts';
import type { WorkFolder } from './run/work-folder.ts';

/** A plan, and how it is run. */
export interface FolderRun {
  readonly plan: Plan;
  readonly planProblem: PlanProblem;
  readonly planFile: {
    /** Base name. */
    readonly name: string;
    /** As it was typed. */
    readonly path: string;
    readonly text: string;
    readonly sha256: string;
  };
  /** From `taskSlugs`. */
  readonly slugs: ReadonlyMap<string, string>;
  readonly selection: Selection;
  /** Names of the builders that are run. */
  readonly builders: readonly string[];
  readonly work: WorkFolder;
  readonly options: RunOptions;
  /** Those that are kept in the work folder, as a file. */
  readonly keptOptions: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a run wants of its work folder. */
export function workRequest({ options, planFile, planProblem, builders }: FolderRun): WorkRequest {
  return {
    isResumed: options.isResumed,
    planPath: planFile.path,
    planText: planFile.text,
    builds: planProblem.tasks.length,
    place: options.place,
    builders,
  };
}
