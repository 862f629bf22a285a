import { textTable } from '../text-table.ts';
import { cutLine, WIDTH } from './lines.ts';

/** What some edges or builds have in common, in one line. */
export interface KindRow {
  /** `3 edges`. */
  readonly size: string;
  readonly title: string;
  /** The colour of both. */
  readonly paint: (text: string) => string;
  /** Names or an example, as much as fits into a width. */
  readonly text: (width: number) => string;
}

/** How many, what, and which: a line each, none wider than a section. */
export function kindTable(kinds: readonly KindRow[]): readonly string[] {
  const heads = kinds.map(({ size, title }) => [size, title]);
  const used = [0, 1].map((column) => Math.max(0, ...heads.map((head) => (head[column] ?? '').length)));
  const width = WIDTH - used.reduce((sum, wide) => sum + wide + 2, 0);
  const rows = kinds.map(({ size, title, text }) => [size, title, cutLine(text(width), width)]);
  return textTable(rows, [], (cell, column, row) => (column < 2 ? (kinds[row]?.paint(cell) ?? cell) : cell));
}
