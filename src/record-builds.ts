import { join } from 'node:path';
import { appendHistory } from './append-history.ts';
import { UserError, type Report } from './base/diagnostic.ts';
import type { Attempt, AttemptEnd } from './run/attempt.ts';
import { BACKENDS } from './run/backends/backends.ts';
import type { BuilderSettings } from './run/backends/backend.ts';
import { readLogEnds } from './run/read-log-ends.ts';
import { recordOfAttempt } from './run/record-of-attempt.ts';

/** Adds a record of an attempt that has ended, and whose folder is still there, to some histories. */
export type RecordBuild = (attempt: Attempt, end: AttemptEnd) => Promise<void>;

/**
 * Makes what adds records. A history that can't be written to is reported once, and the run is none the worse.
 * @param paths of history files
 */
export function recordBuilds(
  settings: BuilderSettings,
  paths: readonly string[],
  report: Report,
): RecordBuild {
  const holds = BACKENDS[settings.backend].holds(settings);
  const broken = new Set<string>();
  return async (attempt, end) => {
    const log = await readLogEnds(join(attempt.folder, 'log'));
    const record = recordOfAttempt(attempt, end, { holds, log });
    if (record === undefined) return;
    const suited = { ...record, suite: record.suite ?? settings.suite };
    for (const path of paths) {
      if (broken.has(path)) continue;
      try {
        await appendHistory(path, [suited]);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        broken.add(path);
        for (const diagnostic of error.diagnostics) report({ ...diagnostic, severity: 'warning' });
      }
    }
  };
}
