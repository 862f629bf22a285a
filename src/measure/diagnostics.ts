import type { Diagnostic } from '../base/diagnostic.ts';
import { formatBytes } from '../base/quantity.ts';

/** `--ram` names a place that is on no RAM disk. */
export function noRamDisk(path: string): Diagnostic {
  return {
    code: 'no-ram-disk',
    severity: 'error',
    message: `'${path}' lies on no RAM disk (tmpfs)`,
    hint: `--folder '${path}' measures a folder of any file system`,
  };
}

/** `--folder` names no folder. */
export function noFolder(path: string): Diagnostic {
  return {
    code: 'no-folder',
    severity: 'error',
    message: `'${path}' is no folder`,
    hint: `make it first: mkdir '${path}'`,
  };
}

/** A history is named, but not what is built. */
export function unknownBuild(missing: string): Diagnostic {
  return {
    code: 'unknown-build',
    severity: 'error',
    message: `neither the command nor a .dsc tells the ${missing} of what is built, so no record can be made`,
    hint: 'say it: --source hello=2.10-3',
  };
}

/** The command can't be started. */
export function cannotStart(file: string, reason: string): Diagnostic {
  return {
    code: 'cannot-start',
    severity: 'error',
    message: `cannot run '${file}': ${reason}`,
    hint: /\s/.test(file)
      ? `without quotes it is a command and its arguments: -- ${file}`
      : `see whether it is there: command -v '${file}'`,
  };
}

/** The build is done, but the history could not take its record. */
export function unsavedRecord(history: string): Diagnostic {
  return {
    code: 'unsaved-record',
    severity: 'error',
    message: `the record of this build is not in '${history}': it is the line below`,
    hint: 'add the line to the history by hand',
  };
}

/** What lay on a RAM disk when a build began: of other builds, or of this one's source. */
export function usedRamDisk(path: string, bytes: number, isLeftOut: boolean): Diagnostic {
  return {
    code: 'used-ram-disk',
    severity: 'warning',
    message: `'${path}' held ${formatBytes(bytes)} when the build began: ${isLeftOut ? 'left out of' : 'counted in'} its record`,
    hint: 'a RAM disk is measured as a whole: empty it, one build at a time; --folder measures a part of it',
  };
}
