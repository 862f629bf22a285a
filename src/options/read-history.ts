import type { Report } from '../base/diagnostic.ts';
import { joinRecords } from '../history/join-records.ts';
import { readLines } from '../history/parse-history.ts';
import type { BuildRecord } from '../history/record.ts';
import { readTextFile, type TextFile } from '../io/read-text.ts';

/** Histories as one. */
export interface ReadHistory {
  /** Joined and sorted. */
  readonly records: readonly BuildRecord[];
  /** As they stand in the files, doubles among them. */
  readonly lineCount: number;
  readonly files: readonly TextFile[];
}

/** Reads history files, plain or compressed; `-` is standard input. @throws UserError when one can't be read */
export async function readHistory(paths: readonly string[], report: Report): Promise<ReadHistory> {
  const files = await Promise.all(paths.map(readTextFile));
  const lines = files.flatMap(({ text, name }) => readLines(text, name, report));
  return { records: joinRecords(lines), lineCount: lines.length, files };
}
