import { compareText } from './base/compare.ts';
import { compareDiagnostics, UserError, type Diagnostic, type Report } from './base/diagnostic.ts';
import { appendHistory } from './append-history.ts';
import { formatLearned, type LearnedCounts } from './emit/history-learned.ts';
import type { Style } from './emit/style.ts';
import { badLogValue, notAHistory, skippedLog, untimedChecks } from './history/diagnostics.ts';
import { findNews, type News } from './history/find-news.ts';
import { findRenamed, type Renamed } from './history/find-renamed.ts';
import { joinRecords } from './history/join-records.ts';
import { parseHistory } from './history/parse-history.ts';
import { recordOfLog, type LearnedAs } from './history/record-of-log.ts';
import type { BuildRecord } from './history/record.ts';
import { checkAppendable } from './io/append-lines.ts';
import { readLogs, type LogText } from './io/read-logs.ts';
import { readTextIfThere } from './io/read-text.ts';
import { resolveLearnOptions, type RawLearnOptions } from './options/learn-options.ts';
import type { LogReading, SkipReason } from './parse/logs/logged-build.ts';
import { readLog } from './parse/logs/read-log.ts';
import { SKIP_REASONS } from './parse/logs/skip-reasons.ts';

/** What is asked of `debplan learn`. */
export interface LearnRequest extends RawLearnOptions {
  /** Logs, folders of them, `-`. */
  readonly paths: readonly string[];
  /** Writes nothing. */
  readonly dryRun: boolean;
}

/** What logs teach. */
export interface LearnedLogs {
  /** One record a build, joined and sorted. */
  readonly records: readonly BuildRecord[];
  readonly skipped: readonly SkipReason[];
  /** Checks that sbuild ran behind the time that it tells, by `buildKey` of their builds. */
  readonly checks: ReadonlyMap<string, readonly string[]>;
  /** Label of a log in diagnostics → its path. */
  readonly paths: ReadonlyMap<string, string>;
  /** What couldn't be read (errors), what was passed over or left out (warnings). */
  readonly diagnostics: readonly Diagnostic[];
}

/** The answer of `debplan learn`. */
export interface LearnAnswer {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Label of a log in diagnostics → its path. */
  readonly paths: ReadonlyMap<string, string>;
  /** 2 when something couldn't be read, 1 when nothing was learned or known, else 0. */
  readonly exitCode: 0 | 1 | 2;
}

/** Told how many of all files are done. */
export type LogProgress = (done: number, total: number) => void;

/** Learns logs and adds what is new to the history. @throws UserError for requests that can't be met, and a history that can't be written */
export async function answerLearn(
  request: LearnRequest,
  style: Style,
  onProgress: LogProgress,
): Promise<LearnAnswer> {
  const { history, as } = resolveLearnOptions(request);
  const diagnostics: Diagnostic[] = [];
  await checkAppendable(history);
  const old = await readTextIfThere(history);
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const known = old === undefined ? [] : parseHistory(old.text, old.name, report);
  if (diagnostics.some(({ severity }) => severity === 'error'))
    throw new UserError([...diagnostics, notAHistory(history)]);
  const learned = await learnLogs(request.paths, as, onProgress);
  diagnostics.push(...learned.diagnostics);
  const news = findNews(known, learned.records);
  const renamed = findRenamed(known, news.fresh);
  const all = { ...news, ...renamed };
  const untimed = untimedOf(renamed.fresh, learned.checks);
  if (untimed !== undefined) report(untimed);
  if (!request.dryRun) await appendHistory(history, [...all.fresh, ...all.completing]);
  const unreadable = learned.diagnostics.filter(({ severity }) => severity === 'error').length;
  const isVain = learned.records.length === 0;
  return {
    text: formatLearned({ ...countsOf(all, learned.skipped), unreadable, isDry: request.dryRun }, style),
    diagnostics: diagnostics.sort(compareDiagnostics),
    paths: learned.paths,
    exitCode: unreadable > 0 ? 2 : isVain ? 1 : 0,
  };
}

/**
 * Reads the builds of logs, `.buildinfo` and `.changes` files, and of folders of them; what tells of one build becomes one record. One bad
 * file is no trouble for the others.
 * @param as what the caller knows better than the logs
 */
export async function learnLogs(
  paths: readonly string[],
  as: LearnedAs,
  onProgress: LogProgress = () => undefined,
): Promise<LearnedLogs> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const read = (log: LogText): readonly Reading[] => readOne(log);
  const readings = (await readLogs(paths, read, report, onProgress)).flat();
  const records: BuildRecord[] = [];
  const skipped: SkipReason[] = [];
  const checks = new Map<string, readonly string[]>();
  const named = new Map<string, string>();
  for (const { file, path, reading } of readings) {
    named.set(file, path);
    if (reading.kind === 'skipped') {
      skipped.push(reading.reason);
      report(skippedLog(file, reading.line, SKIP_REASONS[reading.reason]));
      continue;
    }
    const { build, line } = reading;
    const { record, problems } = recordOfLog(build, file, as);
    const all = [...reading.problems, ...problems];
    if (all.length > 0)
      report(badLogValue(file, line, `${build.source}_${build.version}/${build.arch}`, all));
    if (record === undefined) skipped.push('no-version');
    else {
      records.push(record);
      if (build.checks !== undefined && build.checks.length > 0) checks.set(buildKey(record), build.checks);
    }
  }
  diagnostics.sort(compareDiagnostics);
  return { records: joinRecords(records), skipped, checks, paths: named, diagnostics };
}

/** What of the builds that are new sbuild didn't time. */
function untimedOf(fresh: readonly BuildRecord[], checks: LearnedLogs['checks']): Diagnostic | undefined {
  const untimed = fresh
    .flatMap((record) => [checks.get(buildKey(record)) ?? []])
    .filter((some) => some.length > 0);
  if (untimed.length === 0) return undefined;
  return untimedChecks([...new Set(untimed.flat())].sort(compareText), untimed.length);
}

function buildKey({ source, version, arch, startedAt, endedAt }: BuildRecord): string {
  return [source, version, arch, startedAt ?? endedAt].join(' ');
}

interface Reading {
  readonly file: string;
  readonly path: string;
  readonly reading: LogReading;
}

function readOne({ label, path, text }: LogText): readonly Reading[] {
  const named = { file: label, path };
  if (text === undefined) return [{ ...named, reading: { kind: 'skipped', line: 1, reason: 'dangling' } }];
  return readLog(text, label).map((reading) => ({ ...named, reading }));
}

function countsOf(
  news: News & Renamed,
  skipped: readonly SkipReason[],
): Omit<LearnedCounts, 'unreadable' | 'isDry'> {
  const counts = new Map<string, number>();
  for (const reason of skipped) counts.set(SKIP_REASONS[reason], (counts.get(SKIP_REASONS[reason]) ?? 0) + 1);
  return {
    learned: news.fresh.length,
    failed: news.fresh.filter(({ outcome }) => outcome !== 'built').length,
    completed: news.completing.length,
    known: news.known,
    elsewhere: news.elsewhere,
    skipped: [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b)),
  };
}
