import type { Diagnostic } from '../base/diagnostic.ts';

/** The code of a line that is no record. */
export const BAD_LINE = 'bad-history-line';

/** A line of a history that is no record: it is passed over. */
export function badHistoryLine(file: string, line: number, problem: string): Diagnostic {
  return {
    code: BAD_LINE,
    severity: 'warning',
    message: problem,
    location: { file, line },
    hint: 'delete or mend the line; the others count',
  };
}

/** Values of a record that can't be true: they are left out, the rest of the record counts. */
export function badHistoryValue(
  file: string,
  line: number,
  build: string,
  problems: readonly string[],
): Diagnostic {
  return {
    code: 'bad-history-value',
    severity: 'warning',
    message: `${build}: left out ${problems.join('; ')}`,
    location: { file, line },
    hint: 'times are whole milliseconds, sizes whole bytes: mend the line if you know better',
  };
}

/** The last line ends in its middle: a crash, a full disk, or somebody writes just now. */
export function tornLine(file: string, line: number): Diagnostic {
  return {
    code: 'torn-history-line',
    severity: 'warning',
    message: 'the last line is cut short: it is passed over',
    location: { file, line },
    hint: 'learn its build again; what is added begins on a new line',
  };
}

/** A merge by git has not been finished. */
export function conflictMarker(file: string, line: number): Diagnostic {
  return {
    code: 'history-conflict',
    severity: 'warning',
    message: 'a conflict of git stands in the history: the lines of both sides count',
    location: { file, line },
    hint: "delete the lines that begin with <<<<<<<, ======= and >>>>>>>; 'history.jsonl merge=union' in .gitattributes avoids them",
  };
}

/** A file teaches nothing. */
export function skippedLog(file: string, line: number, reason: string): Diagnostic {
  return {
    code: 'skipped-log',
    severity: 'warning',
    message: `${file} is passed over: ${reason}`,
    location: { file, line },
  };
}

/** Values of a log that can't be true: they are left out, the rest of the build counts. */
export function badLogValue(
  file: string,
  line: number,
  build: string,
  problems: readonly string[],
): Diagnostic {
  return {
    code: 'bad-log-value',
    severity: 'warning',
    message: `${build}: left out ${problems.join('; ')}`,
    location: { file, line },
    hint: 'the log was changed by hand, cut, or written while the clock was set',
  };
}

/** sbuild ran checks behind the time that it tells. */
export function untimedChecks(checks: readonly string[], builds: number): Diagnostic {
  return {
    code: 'untimed-checks',
    severity: 'note',
    message: `${String(builds)} of the builds ran ${checks.join(', ')} at their end, which sbuild leaves out of the time that it tells: they held their slots longer`,
    hint: 'sbuild --no-run-lintian leaves it out, and debplan measure -- sbuild … takes the whole time',
  };
}

/** Nothing is added to a file that holds something else. */
export function notAHistory(path: string): Diagnostic {
  return {
    code: 'not-a-history',
    severity: 'error',
    message: `nothing is added to '${path}': no line of it is a record of a build`,
    hint: 'name another file, or one that is not there yet: --history history.jsonl',
  };
}

/** A history can't be rewritten without losing lines. */
export function unreadableLines(): Diagnostic {
  return {
    code: 'unreadable-lines',
    severity: 'error',
    message: 'the history is not rewritten: the lines that are no records would be lost',
    hint: 'delete or mend them first',
  };
}
