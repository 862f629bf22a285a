import type { Diagnostic, Location } from '../../base/diagnostic.ts';
import { excerpt } from '../diagnostics.ts';

/** A file whose name tells no format of instances. */
export function unknownInstanceFormat(file: string): Diagnostic {
  return {
    code: 'unknown-instance-format',
    severity: 'error',
    message: `${file} has no suffix of an instance file`,
    location: { file, line: 1 },
    hint: 'PSPLIB files end in .sm or .mm, files in the format of Patterson in .rcp',
  };
}

/** The file ends before all of it was read; `line` is its last. */
export function instanceCut(location: Location, missing: string): Diagnostic {
  return {
    code: 'instance-cut',
    severity: 'error',
    message: `the file ends where ${missing} should stand`,
    location,
    hint: 'it is cut short: fetch or unpack it again',
  };
}

export function badInstanceNumber(location: Location, text: string, wanted: string): Diagnostic {
  return {
    code: 'bad-instance-number',
    severity: 'error',
    message: `'${excerpt(text)}' stands where ${wanted} should`,
    location,
    hint: 'write a whole number from 0 to 1073741823',
  };
}

/** Two parts of the file tell different counts. */
export function instanceCount(location: Location, found: string, wanted: string): Diagnostic {
  return {
    code: 'instance-count',
    severity: 'error',
    message: `found ${found}, but the file says ${wanted}`,
    location,
    hint: 'correct the count or the row; a file that was cut or joined must be fetched again',
  };
}

export function unknownSuccessor(
  location: Location,
  job: number,
  successor: number,
  jobCount: number,
): Diagnostic {
  return {
    code: 'unknown-successor',
    severity: 'error',
    message: `job ${job} has successor ${successor}, but jobs are numbered 1 to ${jobCount}`,
    location,
    hint: 'correct the number of the successor, or the number of jobs',
  };
}

/** Jobs that wait for each other, numbered as in the file, the first once more at the end. */
export function instanceCycle(location: Location, jobs: readonly number[]): Diagnostic {
  const ring = jobs.length <= 8 ? jobs : [...jobs.slice(0, 4), '…', ...jobs.slice(-3)];
  return {
    code: 'instance-cycle',
    severity: 'error',
    message: `jobs wait for each other: ${ring.join(' → ')}`,
    location,
    hint: 'take one of them from the successors of the one before it',
  };
}

/** A job none of whose modes can run. */
export function demandAboveCapacity(
  location: Location,
  job: number,
  resource: string,
  demand: number,
  capacity: number,
): Diagnostic {
  return {
    code: 'demand-above-capacity',
    severity: 'error',
    message: `job ${job} takes ${demand} of ${resource}, which has ${capacity}`,
    location,
    hint: 'raise the capacity, or give the job a mode that takes less',
  };
}

export function unsupportedInstance(location: Location, what: string): Diagnostic {
  return {
    code: 'unsupported-instance',
    severity: 'error',
    message: `${what} is not known here`,
    location,
    hint: 'renewable and non-renewable resources and plain precedence are',
  };
}
