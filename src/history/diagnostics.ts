import type { Diagnostic } from '../base/diagnostic.ts';

/** A line of a history that is no record: it is passed over. */
export function badHistoryLine(file: string, line: number, problem: string): Diagnostic {
  return {
    code: 'bad-history-line',
    severity: 'error',
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
