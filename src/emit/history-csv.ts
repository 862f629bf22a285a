import type { BuildRecord } from '../history/record.ts';
import { csvRow, csvText } from './csv-row.ts';
import { RECORD_FIELDS } from '../history/format-record.ts';

const COLUMNS: readonly string[] = RECORD_FIELDS.filter((name) => name !== 'schema' && name !== 'from');

/**
 * A row for each build under a header in snake case: times in ms and UTC, sizes in bytes, profiles with blanks between. Texts are quoted
 * where RFC 4180 wants it; those that a spreadsheet would take for a formula get an apostrophe in front.
 */
export function emitHistoryCsv(records: readonly BuildRecord[]): string {
  const header = [...COLUMNS.map(snakeCase), 'tool', 'tool_version', 'file'];
  const rows = records.map((record) => {
    const fields = new Map<string, unknown>(Object.entries(record));
    const { tool, toolVersion, file } = record.from;
    return [...COLUMNS.map((name) => fields.get(name)), tool, toolVersion, file].map(cellOf);
  });
  return [header, ...rows].map(csvRow).join('');
}

function cellOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text =
    typeof value === 'string' ? value : Array.isArray(value) ? value.join(' ') : JSON.stringify(value);
  return csvText(text);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
