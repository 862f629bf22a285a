import type { BenchDocument } from '../../benchmark/bench-document.ts';
import { csvRow, csvText } from '../csv-row.ts';

/** A row for each row of a bench, with a header; times in ms, shares 0 .. 1, empty what is not known. Without times the date and their column are not there. */
export function emitBenchCsv({ at, subject, rows }: BenchDocument, isTimed: boolean): string {
  const records = rows.map((row) => ({
    ...(isTimed ? { measured: at ?? '' } : {}),
    plan: csvText(subject.name),
    builders: csvText(row.builders),
    jitter: row.jitter,
    size_jitter: row.sizeJitter,
    architecture: row.arch ?? 'all',
    policy: row.policy,
    runs: row.runs,
    makespan_ms: row.makespanMs,
    p95_ms: row.p95Ms,
    lower_bound_ms: row.lowerBoundMs ?? '',
    gap: row.gap ?? '',
    slot_use: row.slotUse,
    ram_use: row.ramUse,
    given_up: row.givenUp,
    ...(isTimed ? { planning_ms: row.planningMs ?? '' } : {}),
    makespan_before_ms: row.before?.makespanMs ?? '',
    lower_bound_before_ms: row.before?.lowerBoundMs ?? '',
  }));
  const header = csvRow(Object.keys(records[0] ?? {}));
  return header + records.map((record) => csvRow(Object.values(record).map(String))).join('');
}
