import { compareText, firstDifference } from '../base/compare.ts';
import { compareVersions } from '../debian/version.ts';
import { formatRecord } from './format-record.ts';
import type { BuildRecord } from './record.ts';

/**
 * The order of records: source, architecture, start (end where that is unknown, undated ones first), version as dpkg orders
 * them, then the text of the line: a total order up to equality. So a new build comes behind the earlier ones of its source, and two
 * histories that were sorted merge line by line.
 */
export function compareRecords(a: BuildRecord, b: BuildRecord): number {
  return (
    firstDifference(
      compareText(a.source, b.source),
      compareText(a.arch, b.arch),
      compareText(a.startedAt ?? a.endedAt ?? '', b.startedAt ?? b.endedAt ?? ''),
    ) ||
    compareVersions(a.version, b.version) ||
    compareText(formatRecord(a), formatRecord(b))
  );
}
