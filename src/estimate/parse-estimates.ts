import type { Diagnostic, Report } from '../base/diagnostic.ts';
import { parseBytes, parseDuration } from '../base/quantity.ts';
import type { EstimateOverride } from './estimate.ts';

type Column = 'source' | 'arch' | 'duration' | 'size' | 'memory';

const COLUMNS: readonly Column[] = ['source', 'arch', 'duration', 'size', 'memory'];

/**
 * Reads an `--estimates` file: tab-separated columns under a header line (`source`, `duration`, `size`, and if wanted
 * `arch`, `memory`; empty cells and lines that begin with `#` are passed over), or a JSON array of such records.
 * A bad row is reported and left out.
 */
export function parseEstimates(text: string, file: string, report: Report): readonly EstimateOverride[] {
  return /^\s*\[/.test(text) ? parseJson(text, file, report) : parseTable(text, file, report);
}

function parseTable(text: string, file: string, report: Report): readonly EstimateOverride[] {
  let header: readonly string[] | undefined;
  const found: EstimateOverride[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const cells = line.split('\t').map((cell) => cell.trim());
    if (header === undefined) {
      header = cells;
      const unknown = cells.filter((cell) => !COLUMNS.some((column) => column === cell));
      if (unknown.length > 0 || !cells.includes('source')) {
        report(badEstimate(file, index + 1, `the header has to name the columns, of ${COLUMNS.join(', ')}`));
      }
      return;
    }
    const columns = header;
    const cell = (column: Column): string | undefined => nonEmpty(cells[columns.indexOf(column)]);
    const override = readRow(cell, file, index + 1, report);
    if (override !== undefined) found.push(override);
  });
  return found;
}

function parseJson(text: string, file: string, report: Report): readonly EstimateOverride[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (error) {
    report(
      badEstimate(file, 1, `this is no JSON: ${error instanceof Error ? error.message : String(error)}`),
    );
    return [];
  }
  const found: EstimateOverride[] = [];
  if (!Array.isArray(rows)) return found;
  rows.forEach((row: unknown, index) => {
    const record = new Map<string, unknown>(
      typeof row === 'object' && row !== null ? Object.entries(row) : [],
    );
    const cell = (column: Column): string | undefined => {
      const value = record.get(column);
      return typeof value === 'number'
        ? String(value)
        : typeof value === 'string'
          ? nonEmpty(value)
          : undefined;
    };
    const override = readRow(cell, file, index + 1, report);
    if (override !== undefined) found.push(override);
  });
  return found;
}

function readRow(
  cell: (column: Column) => string | undefined,
  file: string,
  line: number,
  report: Report,
): EstimateOverride | undefined {
  const source = cell('source');
  if (source === undefined) {
    report(badEstimate(file, line, 'a row without a source'));
    return undefined;
  }
  const quantity = (column: Column, read: (text: string) => number | undefined): number | undefined => {
    const text = cell(column);
    if (text === undefined) return undefined;
    const value = read(text);
    if (value === undefined) report(badEstimate(file, line, `${source}: '${text}' is no ${column}`));
    return value;
  };
  return {
    source,
    arch: cell('arch'),
    durationMs: quantity('duration', parseDuration),
    ramDiskBytes: quantity('size', parseBytes),
    memoryBytes: quantity('memory', parseBytes),
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function badEstimate(file: string, line: number, problem: string): Diagnostic {
  return {
    code: 'bad-estimate',
    severity: 'error',
    message: problem,
    location: { file, line },
    hint: "rows look like 'ceph<TAB>2h30m<TAB>39GiB' under the header 'source<TAB>duration<TAB>size'",
  };
}
