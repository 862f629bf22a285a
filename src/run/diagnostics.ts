import { dirname } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { TextPlace } from '../base/json-place.ts';
import { formatBytes } from '../base/quantity.ts';
import { quoteShell } from '../emit/command/quote-shell.ts';

/** What goes on with the run of a work folder. */
function goOn(root: string): string {
  return `debplan run --resume --work ${quoteShell(root)}`;
}

/**
 * The journal takes no more lines: nothing more can be started, since nobody would know of it.
 * @param isNew whether nothing stands in it yet
 */
export function fullJournal(path: string, reason: string, isNew = false): Diagnostic {
  const root = dirname(path);
  return {
    code: 'unwritable-journal',
    severity: 'error',
    message: `cannot write to the journal '${path}': ${reason}; ${isNew ? 'nothing is begun' : 'no further build is started, what ran has ended and is not lost'}`,
    hint: `make room (df ${quoteShell(root)}), then ${isNew ? 'try again' : `go on: ${goOn(root)}`}`,
  };
}

/** What a file system can take. */
export interface Room {
  readonly bytes: number;
  /** How many more of them; Infinity: it makes as many as there is room for. */
  readonly files: number;
}

/** The file system of the work folder has no room for any build. */
export function fullWorkFolder(path: string, room: Room, needed: Room): Diagnostic {
  const isFiles = room.files < needed.files;
  return {
    code: 'full-work-folder',
    severity: 'error',
    message: `the file system of the work folder '${path}' is full: ${
      isFiles
        ? `${String(room.files)} more files can be made there, and ${String(needed.files)} are needed`
        : `${formatBytes(room.bytes)} are free, and ${formatBytes(needed.bytes)} are needed`
    }; no further build is started`,
    hint: `make room (df ${isFiles ? '-i ' : ''}${quoteShell(path)}), then go on: ${goOn(path)}`,
  };
}

/** The file system of the work folder fails, or takes no more. */
export function brokenWorkFolder(path: string, reason: string): Diagnostic {
  return {
    code: 'broken-work-folder',
    severity: 'error',
    message: `the work folder '${path}' can't be worked in: ${reason}`,
    hint: `see how full its disk is (df ${quoteShell(path)}; df -i ${quoteShell(path)}) and what the kernel says of it, then go on: ${goOn(path)}`,
  };
}

/** Opening a pipe for writing waits for a reader, for ever if there is none. */
export function unreadPipe(path: string): Diagnostic {
  return {
    code: 'unread-pipe',
    severity: 'error',
    message: `nobody reads from '${path}', which is to get the events`,
    hint: 'start its reader first, or name a plain file: --events FILE',
  };
}

/** A pipe's reader takes nothing, and the run does not wait for it. */
export function slowReader(path: string): Diagnostic {
  return {
    code: 'slow-reader',
    severity: 'warning',
    message: `who reads from '${path}' does not take the events: it gets no more of them`,
    hint: 'all of them are in journal.jsonl of the work folder',
  };
}

/** Another run works in the folder. */
export function lockedFolder(path: string, holder: string): Diagnostic {
  return {
    code: 'locked-folder',
    severity: 'error',
    message: `another run works in '${path}'${holder === '' ? '' : `: ${holder}`}`,
    hint: 'wait for its end, or stop it; another folder: --work DIR',
  };
}

/** What keeps two runs apart can't be started. */
export function noLock(path: string, reason: string): Diagnostic {
  return {
    code: 'no-lock',
    severity: 'error',
    message: `cannot lock the work folder '${path}': ${reason}`,
    hint: 'flock of the package util-linux is needed; see who may write the folder: ls -ld',
  };
}

/** What kept other runs out was killed by somebody. */
export function lostLock(path: string): Diagnostic {
  return {
    code: 'lost-lock',
    severity: 'error',
    message: `the lock of the work folder '${path}' is gone: no further build is started, what ran has ended and is not lost`,
    hint: `go on with ${goOn(path)}`,
  };
}

/** The work folder has been used, and nobody said to go on. */
export function usedWorkFolder(path: string, built: number, builds: number): Diagnostic {
  return {
    code: 'used-work-folder',
    severity: 'error',
    message: `'${path}' holds a run already: ${built} of ${builds} builds are done`,
    hint: 'go on with it: --resume; begin anew in another folder: --work DIR',
  };
}

/** There is nothing to go on with. */
export function nothingToResume(path: string): Diagnostic {
  return {
    code: 'nothing-to-resume',
    severity: 'error',
    message: `'${path}' holds no run that could go on`,
    hint: 'leave out --resume, or name its folder: --work DIR',
  };
}

/** The journal is of another plan. */
export function otherPlan(path: string, plan: string): Diagnostic {
  return {
    code: 'other-plan',
    severity: 'error',
    message: `the run in '${path}' is of another plan than '${plan}'`,
    hint: `its plan is kept there: ${goOn(path)}; a new plan goes into another folder: --work DIR`,
  };
}

/** Builds that still run were begun in another way than they are to be followed now. */
export function otherPlace(path: string, was: string, is: string): Diagnostic {
  return {
    code: 'other-place',
    severity: 'error',
    message: `the run in '${path}' was begun with ${was}, and some of its builds have not ended: it can't go on with ${is}`,
    hint: `go on with ${was}`,
  };
}

/** What keeps the options of a run is nothing that a run has written. */
export function badRunOptions(path: string, problem: string, place: TextPlace): Diagnostic {
  return {
    code: 'bad-run-options',
    severity: 'error',
    message: `'${path}' does not hold the options of a run: ${problem}`,
    location: { file: path, ...place },
    hint: `give the options again, when it is gone: rm ${quoteShell(path)}`,
  };
}

/** A run goes on otherwise than it began. @param options such as `--suite` */
export function changedOptions(root: string, options: readonly string[]): Diagnostic {
  return {
    code: 'changed-options',
    severity: 'note',
    message: `the run in '${root}' goes on with another ${options.join(', ')} than before: what is built stays as it is`,
  };
}

/** No build can begin: there is no builder command, or no chroot. */
export function noBuilder(task: string, reason: string): Diagnostic {
  return {
    code: 'no-builder',
    severity: 'error',
    message: `${task} could not be built, and no other build can: ${reason}`,
    hint: 'when that is mended, with the same --work: debplan run --resume',
  };
}

/** The plan expects more memory than there is. */
export function tooLittleMemory(builder: string, wantedBytes: number, thereBytes: number): Diagnostic {
  return {
    code: 'too-little-memory',
    severity: 'warning',
    message: `builder ${builder} has ${formatBytes(wantedBytes)} of RAM disk and memory in the plan, this machine ${formatBytes(thereBytes)} in all`,
    hint: 'plan with what the machine has: debplan advise',
  };
}

/** What a plan calls builders is not what was asked for. */
export function badBuilders(message: string, hint: string): Diagnostic {
  return { code: 'usage', severity: 'error', message, hint };
}
