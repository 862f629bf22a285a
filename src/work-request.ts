import type { WorkRequest } from './run/open-work.ts';
import type { FolderRun } from './run-in-folder.ts';

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
