import type { Diagnostic, Report } from '../base/diagnostic.ts';
import { excerpt } from '../parse/diagnostics.ts';
import { checkRecord } from './check-record.ts';
import { BAD_LINE, badHistoryLine, badHistoryValue, conflictMarker, tornLine } from './diagnostics.ts';
import { joinRecords } from './join-records.ts';
import type { BuildRecord } from './record.ts';

/**
 * Reads a history file: JSON Lines, a build a line, in any order. Empty lines are passed over, and reported: lines that are no record, values
 * that can't be true (`checkRecord`), conflict markers of git, and a last line that ends in its middle. Records of one build
 * are joined. A bad line costs nothing but itself; only a text with no record at all is an error: it is no history.
 * @returns sorted by `compareRecords`. O(length × log)
 * @example
 * const text = await readFile('history.jsonl', 'utf8');
 * const records = parseHistory(text, 'history.jsonl', console.warn);
 * records.map(({ source }) => source); // → ['hello']
 */
export function parseHistory(text: string, file: string, report: Report): readonly BuildRecord[] {
  return joinRecords(readLines(text, file, report));
}

/** The records of a history as they stand there: doubles among them, in the order of the file. */
export function readLines(text: string, file: string, report: Report): readonly BuildRecord[] {
  const records: BuildRecord[] = [];
  const badLines: Diagnostic[] = [];
  const note: Report = (diagnostic) => {
    if (diagnostic.code === BAD_LINE) badLines.push(diagnostic);
    else report(diagnostic);
  };
  const first = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  for (let start = first; start < text.length; line++) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const record = readLine(text.slice(start, end).trim(), { file, line, isLast: feed < 0 }, note);
    if (record !== undefined) records.push(record);
    start = end + 1;
  }
  const severity = records.length === 0 ? 'error' : 'warning';
  for (const diagnostic of badLines) report({ ...diagnostic, severity });
  return records;
}

interface Place {
  readonly file: string;
  readonly line: number;
  /** Whether no line feed ends it. */
  readonly isLast: boolean;
}

function readLine(text: string, { file, line, isLast }: Place, report: Report): BuildRecord | undefined {
  if (text === '') return undefined;
  if (/^(?:<{7}|\|{7}|={7}|>{7})(?: |$)/.test(text)) {
    if (text.startsWith('<')) report(conflictMarker(file, line));
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    report(isLast ? tornLine(file, line) : badHistoryLine(file, line, `'${excerpt(text)}' is no JSON`));
    return undefined;
  }
  const { record, problems } = checkRecord(value);
  if (record === undefined) {
    report(badHistoryLine(file, line, `'${excerpt(text)}': ${problems.join('; ')}`));
  } else if (problems.length > 0) {
    report(badHistoryValue(file, line, `${record.source}_${record.version}/${record.arch}`, problems));
  }
  return record;
}
