import type { Diagnostic, Location, Report } from '../base/diagnostic.ts';
import { parseBytes, parseDuration } from '../base/quantity.ts';
import { isArchitecture } from '../debian/architecture.ts';
import type { EstimateOverride } from './estimate.ts';

type Column = 'source' | 'arch' | 'duration' | 'size' | 'memory' | 'parallel';

const COLUMNS: readonly Column[] = ['source', 'arch', 'duration', 'size', 'memory', 'parallel'];

/**
 * Reads an `--estimates` file: tab-separated columns under a header line (`source`, `duration`, `size`, and if wanted
 * `arch`, `memory`, `parallel`; empty cells and lines that begin with `#` are passed over), or a JSON array of such records.
 * A bad row is reported and left out. Of two rows for one source and architecture the later counts, as a whole; reported.
 */
export function parseEstimates(text: string, file: string, report: Report): readonly EstimateOverride[] {
  const unmarked = text.replace(/^\uFEFF/, '');
  return /^\s*\[/.test(unmarked) ? parseJson(unmarked, file, report) : parseTable(unmarked, file, report);
}

function parseTable(text: string, file: string, report: Report): readonly EstimateOverride[] {
  let header: readonly string[] | undefined;
  const rows = new Rows(file, report);
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const cells = line.split('\t').map((cell) => cell.trim());
    const complain = (problem: string): void => {
      report(badEstimate(file, index + 1, problem));
    };
    if (header === undefined) {
      header = cells;
      const isKnown = cells.every((cell) => cell === '' || isColumn(cell));
      if (!isKnown || !cells.includes('source')) {
        complain(`the header has to name the columns, of ${COLUMNS.join(', ')}`);
      }
      return;
    }
    const columns = header;
    if (!columns.includes('source')) return;
    const cell = (column: Column): string | undefined => nonEmpty(cells[columns.indexOf(column)]);
    const override = readRow(cell, complain);
    if (override !== undefined) rows.add(override, index + 1, `line ${String(index + 1)}`);
  });
  return rows.overrides();
}

function parseJson(text: string, file: string, report: Report): readonly EstimateOverride[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    report(
      badEstimate(file, 1, `this is no JSON: ${error instanceof Error ? error.message : String(error)}`),
    );
    return [];
  }
  const rows = new Rows(file, report);
  const unknown = new Set<string>();
  if (!Array.isArray(list)) return [];
  list.forEach((row: unknown, index) => {
    const isRecord = typeof row === 'object' && row !== null && !Array.isArray(row);
    const record = new Map<string, unknown>(isRecord ? Object.entries(row) : []);
    const complain = (problem: string): void => {
      report(badEstimate(file, 1, `row ${String(index + 1)}: ${problem}`));
    };
    for (const key of record.keys()) {
      if (isColumn(key) || unknown.has(key)) continue;
      unknown.add(key);
      complain(`'${key}' is none of ${COLUMNS.join(', ')}`);
    }
    const override = readRow((column) => jsonCell(record.get(column)), complain);
    if (override !== undefined) rows.add(override, 1, `row ${String(index + 1)}`);
  });
  return rows.overrides();
}

/** The rows that were read: one for each source and architecture. */
class Rows {
  readonly #file: string;
  readonly #report: Report;
  readonly #rows = new Map<string, { readonly override: EstimateOverride; readonly place: string }>();

  constructor(file: string, report: Report) {
    this.#file = file;
    this.#report = report;
  }

  /** @param place what to call the row in messages: `line 3` */
  add(override: EstimateOverride, line: number, place: string): void {
    const key = `${override.source}\0${override.arch ?? ''}`;
    const earlier = this.#rows.get(key);
    if (earlier !== undefined) {
      this.#report(doubleEstimate({ file: this.#file, line }, override, earlier.place, place));
      this.#rows.delete(key);
    }
    this.#rows.set(key, { override, place });
  }

  overrides(): readonly EstimateOverride[] {
    return [...this.#rows.values()].map(({ override }) => override);
  }
}

/** A JSON value as the cell of a table would hold it; what is neither text nor number stays what it is, to be refused. */
function jsonCell(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? nonEmpty(value) : JSON.stringify(value);
}

function readRow(
  cell: (column: Column) => string | undefined,
  complain: (problem: string) => void,
): EstimateOverride | undefined {
  const source = cell('source');
  if (source === undefined) {
    complain('a row without a source');
    return undefined;
  }
  const problems: string[] = [];
  const quantity = (column: Column, read: (text: string) => number | undefined): number | undefined => {
    const text = cell(column);
    const value = text === undefined ? undefined : read(text);
    if (text !== undefined && value === undefined) problems.push(`'${text}' is no ${column}`);
    return value;
  };
  const arch = cell('arch');
  if (arch !== undefined && !isArchitecture(arch)) {
    problems.push(`'${arch}' is no architecture; leave it empty for all of them`);
  }
  const override = {
    source,
    arch,
    durationMs: quantity('duration', parseDuration),
    ramDiskBytes: quantity('size', parseBytes),
    memoryBytes: quantity('memory', parseBytes),
    parallelFraction: quantity('parallel', parseFraction),
  };
  for (const problem of problems) complain(`${source}: ${problem}`);
  return problems.length === 0 ? override : undefined;
}

function parseFraction(text: string): number | undefined {
  const value = Number(text);
  return /^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) && value <= 1 ? value : undefined;
}

function isColumn(text: string): boolean {
  return COLUMNS.some((column) => column === text);
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

function doubleEstimate(
  location: Location,
  { source, arch }: EstimateOverride,
  earlier: string,
  later: string,
): Diagnostic {
  return {
    code: 'double-estimate',
    severity: 'warning',
    message: `${source}: ${earlier} and ${later} are both for ${arch ?? 'every architecture'}: ${later} counts, ${earlier} does not`,
    location,
    hint: 'join the two rows, or give each its own arch',
  };
}
