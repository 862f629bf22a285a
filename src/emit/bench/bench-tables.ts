import { at } from '../../base/column.ts';
import { nameNoise } from '../../benchmark/names.ts';
import { count } from '../summary/lines.ts';
import type { BenchDocument, BenchRow } from '../../benchmark/bench-document.ts';

/** One table of a bench: the builders and the noise are the same in all of its rows. */
export interface BenchTable {
  /** The rows of one builder set under one noise, of all of the plan: the plan's own first. */
  readonly whole: readonly BenchRow[];
  /** Of each architecture the same. */
  readonly archs: readonly (readonly BenchRow[])[];
}

/** A bench's rows as tables, in the document's order. */
export function benchTables({ rows }: BenchDocument): readonly BenchTable[] {
  const tables = new Map<string, Map<string | null, BenchRow[]>>();
  for (const row of rows) {
    const key = JSON.stringify([row.builders, row.jitter, row.sizeJitter]);
    const table = tables.get(key) ?? new Map<string | null, BenchRow[]>();
    tables.set(key, table);
    const own = table.get(row.arch) ?? [];
    table.set(row.arch, own);
    own.push(row);
  }
  return [...tables.values()].map((byArch) => ({
    whole: byArch.get(null) ?? [],
    archs: [...byArch].filter(([arch]) => arch !== null).map(([, own]) => own),
  }));
}

/** What all rows of a table have in common, in words: `durations and sizes vary by 0.3, 20 runs`. */
export function titleTable({ whole }: BenchTable): string {
  const { builders, jitter, sizeJitter, runs } = at(whole, 0);
  return [
    ...(builders === 'plan' ? [] : [`planned anew for ${builders}`]),
    nameNoise(jitter, sizeJitter),
    ...(runs === 1 ? [] : [count(runs, 'run')]),
  ].join(', ');
}

/** What is shown of a table. */
export interface ShownTable {
  readonly table: BenchTable;
  readonly rows: readonly BenchRow[];
  /** Rows that are left out. */
  readonly more: number;
}

/** The title, the heads and the blank line before them. */
const FRAME = 3;
/** The plan's own, the best of the others, and how many more there are. */
const LEAST_ROWS = 3;

/**
 * As much of each table as fits: the plan's own row, the best of the others, then the plan's rows by architecture.
 * @param room lines for all tables; Infinity: everything
 * @returns fewer tables where there is not even room for the least of each
 */
export function chooseRows(tables: readonly BenchTable[], room: number): readonly ShownTable[] {
  const shown = tables.slice(0, Math.max(1, Math.floor(room / (FRAME + LEAST_ROWS))));
  const share = Math.max(LEAST_ROWS, Math.floor(room / shown.length) - FRAME);
  return shown.map((table) => {
    const all = [...table.whole, ...table.archs.flat()];
    if (all.length <= share) return { table, rows: all, more: 0 };
    const archs = table.archs.flatMap((own) => own.slice(0, 1));
    const kept = share - 1 - LEAST_ROWS + 1 >= archs.length ? archs : [];
    const rows = [...table.whole.slice(0, share - 1 - kept.length), ...kept];
    return { table, rows, more: all.length - rows.length };
  });
}
