import type { PriorErrors } from './prior-errors.ts';

/** The errors as lines of a table: factors, and the share of figures below the 90 % upper bound. */
export function errorTable(errors: readonly PriorErrors[]): readonly string[] {
  const rows = errors.map((row) => [
    ...[row.quantity, row.knows, row.figures, String(row.count)],
    ...[row.medianFactor.toFixed(2), row.factor90.toFixed(2), `${(100 * row.coverage).toFixed(0)} %`],
  ]);
  const head = ['quantity', 'knows', 'figures', 'count', 'half within', '90 % within', 'below upper'];
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) =>
    line
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
