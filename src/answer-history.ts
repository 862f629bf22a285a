import { UserError, type Diagnostic } from './base/diagnostic.ts';
import { stableJson } from './base/stable-json.ts';
import { emitHistoryCsv } from './emit/history-csv.ts';
import { formatHistory, totals } from './emit/history-text.ts';
import type { Style } from './emit/style.ts';
import { BAD_LINE, unreadableLines } from './history/diagnostics.ts';
import { formatRecord } from './history/format-record.ts';
import type { BuildRecord } from './history/record.ts';
import { matchesFilter, pruneRecords, type PruneRule, type RecordFilter } from './history/select-records.ts';
import { isSameFile } from './io/same-file.ts';
import { writeFileAtomically } from './io/write-output.ts';
import { resolveHistoryOptions, type RawHistoryOptions } from './options/history-options.ts';
import { usage } from './options/usage-error.ts';
import { readHistory, type ReadHistory } from './options/read-history.ts';

/** What is asked of `debplan history`; at most one of `json`, `csv`, `output` and `prune`. */
export interface HistoryRequest extends RawHistoryOptions {
  /** History files, read as one; `-` is standard input. */
  readonly paths: readonly string[];
  readonly json: boolean;
  readonly csv: boolean;
  /** Where the builds go as a history of their own; `-` is standard output. */
  readonly output?: string | undefined;
  readonly dryRun: boolean;
}

/** The answer of `debplan history`. */
export interface HistoryAnswer {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** 2 when a file is no history, 1 when no build is asked for, else 0. */
  readonly exitCode: 0 | 1 | 2;
}

/** Lists, exports, merges or prunes histories. @throws UserError for requests that can't be met, and files that can't be read or written */
export async function answerHistory(request: HistoryRequest, style: Style): Promise<HistoryAnswer> {
  const { filter, prune } = resolveHistoryOptions(request);
  const { paths, json, csv, output, dryRun } = request;
  if (paths.length === 0) throw usage('no history is named', 'debplan history history.jsonl');
  const forms = [
    json ? '--json' : '',
    csv ? '--csv' : '',
    output === undefined ? '' : '-o',
    prune ? '--prune' : '',
  ];
  const chosen = forms.filter((form) => form !== '');
  if (chosen.length > 1) throw usage(`${chosen.join(' and ')} can't go together`, 'ask for one of them');
  if (dryRun && prune === undefined) throw usage('--dry-run goes with --prune', 'leave it out');
  const diagnostics: Diagnostic[] = [];
  const history = await readHistory(paths, (diagnostic) => diagnostics.push(diagnostic));
  const hasBadLines = diagnostics.some(({ code }) => code === BAD_LINE);
  if (hasBadLines && (prune !== undefined || isOneOf(paths, output))) {
    throw new UserError([...diagnostics, unreadableLines()]);
  }
  if (prune !== undefined) {
    const text = await pruneFile(paths, history, { filter, prune, dryRun });
    return { text, diagnostics, exitCode: 0 };
  }
  const records = history.records.filter((record) => matchesFilter(record, filter));
  const isUnreadable = diagnostics.some(({ severity }) => severity === 'error');
  const exitCode = isUnreadable ? 2 : records.length === 0 ? 1 : 0;
  if (output !== undefined && output !== '-') {
    await writeFileAtomically(output, textOf(records));
    return { text: `wrote ${totals(records)}\n`, diagnostics, exitCode };
  }
  return { text: formatted(records, request, style), diagnostics, exitCode };
}

/** Whether the answer goes where one of the histories is. */
function isOneOf(paths: readonly string[], output: string | undefined): boolean {
  if (output === undefined || output === '-') return false;
  return paths.some((path) => path !== '-' && isSameFile(path, output));
}

function formatted(
  records: readonly BuildRecord[],
  { json, csv, output }: HistoryRequest,
  style: Style,
): string {
  if (output !== undefined) return textOf(records);
  if (json) {
    const builds = records.map((record): unknown => JSON.parse(formatRecord(record)));
    return stableJson({ schema: 'debplan/history@1', builds });
  }
  return csv ? emitHistoryCsv(records) : formatHistory(records, style);
}

async function pruneFile(
  paths: readonly string[],
  { records, lineCount }: ReadHistory,
  {
    filter,
    prune,
    dryRun,
  }: { readonly filter: RecordFilter; readonly prune: PruneRule; readonly dryRun: boolean },
): Promise<string> {
  const [path = '-', more] = paths;
  if (more !== undefined || path === '-' || /\.(?:gz|xz|zst|lz4|bz2)$/.test(path)) {
    throw usage('--prune rewrites one plain file', 'debplan history A B -o C joins files first');
  }
  const { kept, dropped } = pruneRecords(records, filter, prune);
  if (!dryRun && kept.length < lineCount) await writeFileAtomically(path, textOf(kept));
  const doubles = lineCount - records.length;
  const did = dryRun ? 'would drop' : 'dropped';
  const tail =
    doubles === 0
      ? ''
      : `, and ${dryRun ? 'join' : 'joined'} ${String(doubles)} lines with others of the same build`;
  return `${did} ${totals(dropped)}${tail}; ${totals(kept)} stay\n`;
}

function textOf(records: readonly BuildRecord[]): string {
  return records.map(formatRecord).join('');
}
