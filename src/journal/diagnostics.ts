import type { Diagnostic } from '../base/diagnostic.ts';

/** A whole line of a journal is no event: somebody changed the file, or the disk did. */
export function badJournalLine(file: string, line: number, problem: string): Diagnostic {
  return {
    code: 'bad-journal',
    severity: 'error',
    message: `this line of ${file} is no event of a run: ${problem}`,
    location: { file, line },
    hint: 'what was built can not be told from it any more: go on in a new work folder, --work DIR',
  };
}

/** The last line of a journal ends in its middle: the machine went down while it was written. */
export function tornJournalLine(file: string, line: number): Diagnostic {
  return {
    code: 'torn-line',
    severity: 'note',
    message: `the last line of ${file} was cut short, and is left out: what it told had not happened yet`,
    location: { file, line },
  };
}
